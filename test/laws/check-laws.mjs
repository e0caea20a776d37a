import { existsSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import { importRules } from './import-rules.mjs';
import { checkPackages } from './package-table.mjs';

/** Every broken law of a tree, one line each; empty where all hold. */
export async function checkLaws(root) {
  return [...checkPackages(root), ...(await checkImports(root))];
}

async function checkImports(root) {
  const before = process.cwd();
  process.chdir(root); // dependency-cruiser resolves from the working directory
  try {
    const { output } = await cruise(
      ['apps', 'libs', 'test'].filter((folder) => existsSync(folder)),
      {
        ruleSet: { forbidden: importRules },
        validate: true,
        tsPreCompilationDeps: true,
        doNotFollow: { path: 'node_modules' },
        exclude: { path: '(?:^|/)(?:dist|dist-types|generated)/' },
        enhancedResolveOptions: {
          conditionNames: ['@crashkeep/source', 'import', 'types', 'default'],
          exportsFields: ['exports'],
        },
      },
    );
    return output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
  } finally {
    process.chdir(before);
  }
}
