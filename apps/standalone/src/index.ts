/**
 * standalone: `npm start`. One machine, one user: PostgreSQL from npm, files for objects, and the same apps as anywhere else, each as
 * a process of its own, watched. Also the two one-shots of the compose file, migrations and buckets.
 *
 * May import: database, local-postgres, local-vault, synth (the sample). No app: it starts them. Holds no key and no dump.
 * Invariants: a second start mends what a kill of the first left; everything listens on loopback; an app gets the settings that it
 * needs and no other's secret; Ctrl-C ends the apps before their database; what a person must do is one sentence.
 * Sources: DESIGN.md 12, 13, 16.
 */
export {};
