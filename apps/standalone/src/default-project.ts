import pg from 'pg';

/** The project that exists from the first start on. */
export const DEFAULT_PROJECT = 'default';

/** As the owner: no app's role may make a project. What someone changed since stays. */
export async function makeDefaultProject(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, (owner) =>
    owner.query('INSERT INTO identity.project (id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      DEFAULT_PROJECT,
      'Default',
    ]),
  );
}

/** Whether someone administers the vault yet; until then a first-run link is shown. */
export async function hasAdmin(ownerUrl: string): Promise<boolean> {
  const { rows } = await withOwner(ownerUrl, (owner) =>
    owner.query<{ known: boolean }>("SELECT EXISTS (SELECT FROM identity.room_role WHERE role = 'admin') AS known"),
  );
  return rows[0]?.known === true;
}

/** Whether a token that was made at an earlier start is still good: someone may have revoked it on the console. */
export async function isLiveToken(ownerUrl: string, publicId: string): Promise<boolean> {
  const { rows } = await withOwner(ownerUrl, (owner) =>
    owner.query<{ live: boolean }>(
      'SELECT EXISTS (SELECT FROM identity.api_token WHERE public_id = $1 AND revoked_at IS NULL) AS live',
      [publicId],
    ),
  );
  return rows[0]?.live === true;
}

async function withOwner<T>(ownerUrl: string, act: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    return await act(owner);
  } finally {
    await owner.end();
  }
}
