import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { mergeTemplates } from '../../../infra/stack/merge-template.ts';
import { document, Outputs, Resources } from './template.ts';

describe('the parts of a template', () => {
  it('are joined section by section, with their comments and block texts', () => {
    const first = '# First.\nVersion: "1"\n\nResources:\n  A: 1\n  # Of B.\n  B: |\n    text:\n\n\nOutputs:\n  O: 1\n';
    const second = '# Second.\n\nParameters:\n  P: 1\nResources: # Others.\n  C: { D: "Outputs:" }\n';
    const third = 'Resources:\n  E: 3\n';
    const merged = mergeTemplates([first, second, third]);
    expect(parse(merged)).toEqual({
      Version: '1',
      Resources: { A: 1, B: 'text:\n', C: { D: 'Outputs:' }, E: 3 },
      Outputs: { O: 1 },
      Parameters: { P: 1 },
    });
    expect(merged).toMatch(/# First\.[\s\S]*# Of B\./);
  });

  it('may not define the same name twice', () => {
    const merged = mergeTemplates(['Resources:\n  A: 1\n', 'Resources:\n  A: 2\n']);
    expect(parseDocument(merged).errors.map(({ code }) => code)).toEqual(['DUPLICATE_KEY']);
    expect(document.errors).toEqual([]);
  });

  it('are the project’s template, with its alarms and its outputs', () => {
    expect(Resources).toHaveProperty('ApiFunction');
    expect(Resources).toHaveProperty('ApiFails');
    expect(Resources).toHaveProperty('PageHeaders');
    expect(Object.keys(Outputs)).toContain('Url');
  });
});
