import { Logo } from '@crashkeep/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { grantsQuery } from '../api/queries.js';
import { useMe, useProjects } from '../session/use-me.js';
import { Me } from './me.js';
import classes from './bar.module.css';

export function Bar(): ReactNode {
  const me = useMe();
  const projects = useProjects();
  const decides = projects.some(({ may }) => may.decide);
  const audits = projects.some(({ may }) => may.audit);
  const manages = me.roles.some(({ role }) => role === 'admin');
  const signs = decides || manages;
  return (
    <header className={classes['bar']}>
      <div className={classes['in']}>
        <Link to="/" className={classes['brand']}>
          <Logo />
          <span>Reading room</span>
        </Link>
        <nav aria-label="Reading room">
          <Link to="/" search={{}} activeOptions={{ exact: true, includeSearch: false }}>
            Requests
            {decides && <Waiting />}
          </Link>
          {manages && <Link to="/people">People</Link>}
          {signs && <Link to="/signatures">Signatures</Link>}
          {signs && <Link to="/policies">Policies</Link>}
          <Link to="/passkeys">Passkeys</Link>
          <Link to="/devices">Devices</Link>
          {audits && <Link to="/findings">Findings</Link>}
          {audits && <Link to="/audit">Audit</Link>}
        </nav>
        <Me />
      </div>
    </header>
  );
}

/** How many requests wait for this person. */
function Waiting(): ReactNode {
  const { data } = useInfiniteQuery(grantsQuery('to-decide'));
  const count = data?.pages.reduce((sum, page) => sum + page.grants.length, 0) ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes['count']} aria-label={`${String(count)} to decide`}>
      {count}
    </span>
  );
}
