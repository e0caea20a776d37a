import { Dot, Icon } from '@crashkeep/ui';
import { Menu, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './project-switch.module.css';
import { useProject, useProjects } from './use-project.js';

/** Another project is another list: the switch leads to its top crashers. */
export function ProjectSwitch(): ReactNode {
  const project = useProject();
  const projects = useProjects();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-start" width="target">
      <Menu.Target>
        <UnstyledButton className={classes['switch']} aria-label={`Project ${project.name}. Choose another`}>
          <Dot tone="ok" />
          <span className="grow trunc">{project.name}</span>
          <Icon name="down" size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {projects.map(({ id, name }) => (
          <Menu.Item
            key={id}
            aria-current={id === project.id ? 'true' : undefined}
            rightSection={id === project.id ? <Icon name="check" size={14} /> : undefined}
            onClick={() => {
              void navigate({ to: '/', search: { project: id } });
            }}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
