import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve as resolvePath } from 'node:path';
import type { City } from '../city.ts';
import { LoadError, SourceError } from '../load-errors.ts';
import { checkJson } from '../table/json-check.ts';
import { type Outline, readOutline } from './city-outline.ts';
import { type CityFile, citySchema } from './city-schema.ts';
import { compileCity } from './compile-city.ts';
import { fitFaults } from './file-checks.ts';
import { fault, schemaFaults } from './file-faults.ts';

/** Bytes. The border of a city in full detail has 1 MB; a table given by mistake has more. */
const MAX_BYTES = 5_000_000;

/** How a city's file is reached. */
export type FileAccess = {
  /** The text of a file next to it. @throws Error */
  readonly readBeside: (path: string) => string;
  /** A path of the file from where the process runs. */
  readonly resolve: (path: string) => string;
};

/**
 * Reads a city's file.
 * @throws LoadError when it cannot be read, or with one line for each fault: its path in the file, what is wrong, and the value
 */
export function readCityFile(path: string): City {
  return readCityJson(path).city;
}

/** {@link readCityFile}, with what is written in the file. */
export function readCityJson(path: string): { file: CityFile; city: City } {
  const resolve = (other: string) => resolvePath(dirname(path), other);
  const access = { readBeside: (other: string) => readText(resolve(other)), resolve };
  return parseCity(parseJson(readText(path), path), path, access);
}

/** {@link parseCityFile} of a text. */
export function parseCityText(text: string, name: string, access: FileAccess): City {
  return parseCityFile(parseJson(text, name), name, access);
}

/**
 * The city of a parsed file.
 * @param name of the file, for messages; its last part is the id of a city whose file has none
 * @throws LoadError with one line for each fault
 */
export function parseCityFile(json: unknown, name: string, access: FileAccess): City {
  return parseCity(json, name, access).city;
}

function parseCity(json: unknown, name: string, access: FileAccess): { file: CityFile; city: City } {
  const { faults, file, outline } = checkCityFile(json, name, access);
  if (faults.length > 0 || !file) {
    const what = faults.length === 1 ? 'has a fault' : `has ${faults.length} faults`;
    throw new LoadError(`the city's file ${name} ${what}:\n${faults.join('\n')}`);
  }
  return { file, city: compileCity(file, { defaultId: idOf(name), outline, resolve: access.resolve }) };
}

type CheckedFile = { readonly faults: readonly string[]; readonly file: CityFile | null; readonly outline: Outline };

/** All faults of a parsed file, each as `path: what is wrong, got VALUE`. */
export function cityFileFaults(json: unknown, name: string, access: FileAccess): readonly string[] {
  return checkCityFile(json, name, access).faults;
}

function checkCityFile(json: unknown, name: string, access: FileAccess): CheckedFile {
  const parsed = citySchema.safeParse(json, { reportInput: true });
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  const given = isObject ? (json as Readonly<Record<string, unknown>>) : {};
  const id = given.id === undefined && isObject && !/^[a-z]+(?:-[a-z]+)*$/.test(idOf(name));
  const outline = outlineOf(given.outline, access);
  return {
    faults: [
      ...(parsed.success ? [] : schemaFaults(parsed.error.issues)),
      ...(id
        ? [
            fault(
              ['id'],
              `is missing, and the file's name ${JSON.stringify(idOf(name))} is not lower-case words with hyphens`,
            ),
          ]
        : []),
      ...(typeof outline === 'string' ? [fault(['outline'], outline)] : []),
      ...fitFaults(given),
    ],
    file: parsed.success ? parsed.data : null,
    outline: typeof outline === 'string' ? [] : outline,
  };
}

/** The outline of a file, or why there is none. Other types than these are the schema's faults. */
function outlineOf(given: unknown, { readBeside }: FileAccess): Outline | string {
  if (typeof given === 'object' && given !== null) return readOutline(JSON.stringify(given));
  if (typeof given !== 'string' || given.trim() === '') return [];
  try {
    const outline = readOutline(readBeside(given));
    return typeof outline === 'string' ? `${given} ${outline}` : outline;
  } catch (error) {
    return (error as Error).message;
  }
}

function idOf(name: string): string {
  return basename(name).replace(/\.json$/i, '');
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) throw new LoadError(`${path} has ${size} bytes, too many for a city's file: is it a table?`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof LoadError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const why = { ENOENT: 'there is no such file', EISDIR: 'it is a directory', EACCES: 'it may not be read' }[
      code ?? ''
    ];
    throw new LoadError(`${path} cannot be read: ${why ?? (error as Error).message}`);
  }
}

function parseJson(text: string, name: string): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  try {
    checkJson(Buffer.from(plain), name);
    return JSON.parse(plain);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    throw new LoadError(error.message.replace(/; fetch it again.*$/, ''));
  }
}
