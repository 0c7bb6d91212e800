import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { snapshot } from '../../seed/tables.ts';
import { city, directory, failure, file, tried, written } from './city-command.ts';

const stalls = [
  'Permit No,Stall,Street,Latitude,Longitude',
  'P-101,Ann,1 Elm St,40.5,-89.5',
  'P-102,Bea,2 Elm St,40.51,-89.51',
  'P-103,Cid,3 Elm St,40.52,-89.52',
  'P-104,Ann,4 Elm St,40.53,-89.53',
];
const byNumber = [
  'Ref,Stall,Weekday,Opens,Closes',
  'P-101,Ann,Monday,09:00,14:00',
  'P-101,Ann,Friday,09:00,14:00',
  'P-102,Bea,Friday,10:00,15:00',
  'P-104,Ann,Sunday,10:00,15:00',
  'P-900,Zoe,Sunday,10:00,15:00',
];

const rows = (lines: readonly string[]) => `${lines.join('\n')}\n`;

describe('npm run city -- try with a table of hours', () => {
  it('joins the two by the column whose values meet, and says how well they do', async () => {
    const table = await file('numbered-stalls.csv', rows(stalls));
    const hours = await file('numbered-hours.csv', rows(byNumber));
    const { code, stdout } = await tried(table, 'numbered', '--with', hours);
    expect(code).toBe(0);
    expect(stdout).toMatch(/joined by +Permit No = Ref +sure: 80 % of its rows name a row of the first table/);
    expect(stdout).toContain('75 % of the first table\'s rows have hours there; "Stall" is the same in 100 % of them');
    expect(stdout).toContain('not in the first table: P-900');
    expect(stdout).toContain('P-101 · P-102 · P-104');
    expect(stdout).toContain('hours from: 3 schedule, 1 none');
    expect(stdout).toContain('5 rows = 4 kept + 1 dropped\n  dropped, orphan: 1');
    expect(await written('numbered')).toMatchObject({
      sources: {
        permits: { columns: { id: 'Permit No', name: 'Stall', address: 'Street' } },
        schedule: {
          url: './numbered-hours.csv',
          columns: { id: 'Ref', dayName: 'Weekday', start: 'Opens', end: 'Closes' },
          unread: ['Stall'],
        },
      },
      hours: { notation: 'schedule' },
    });
    expect(await city('check', `${directory}/numbered.json`)).toMatchObject({ code: 0 });
  });

  it('joins them by two columns of words if no single one is unique, in any case', async () => {
    const table = await file(
      'worded-stalls.csv',
      rows([
        'Stall,Street,Latitude,Longitude',
        'Ann,1 Elm St,40.5,-89.5',
        'Bea,1 Elm St,40.5,-89.5',
        'Ann,4 Elm St,40.53,-89.53',
        'Bea,4 Elm St,40.53,-89.53',
      ]),
    );
    const hours = await file(
      'worded-hours.csv',
      rows([
        'Trader,Site,Weekday,Opens,Closes',
        'ANN,1 Elm St.,Monday,09:00,14:00',
        'Ann,4 ELM ST,Friday,09:00,14:00',
        'bea,1 elm st,Friday,10:00,15:00',
      ]),
    );
    const { code, stdout } = await tried(table, 'worded', '--with', hours);
    expect(code).toBe(0);
    expect(stdout).toContain('hours from: 3 schedule, 1 none');
    expect(await written('worded')).toMatchObject({
      ids: {
        from: 'columns',
        columns: expect.arrayContaining([
          ['Stall', 'Trader'],
          ['Street', 'Site'],
        ]),
      },
      sources: { schedule: { columns: { dayName: 'Weekday', start: 'Opens', end: 'Closes' } } },
    });
    expect(await city('check', `${directory}/worded.json`)).toMatchObject({ code: 0 });
  });

  it('joins a table that has the hours of each place in words', async () => {
    const table = await file('numbered-stalls.csv', rows(stalls));
    const words = ['Ref,When', 'P-101,Mon-Fri 9am-5pm', 'P-102,"Sat 10am-2pm"', 'P-103,by appointment'];
    const { code, stdout } = await tried(table, 'words', '--with', await file('hours-in-words.csv', rows(words)));
    expect(code).toBe(0);
    expect(stdout).toMatch(/\? hours +When +guess: 67 % of the values/);
    expect(stdout).toContain('hours from: 2 schedule, 2 none');
    expect(stdout).toContain('3 rows = 2 kept + 1 dropped\n  dropped, bad_time: 1');
    expect(await written('words')).toMatchObject({
      sources: { schedule: { columns: { id: 'Ref', hours: 'When' } } },
      hours: { notation: 'english' },
    });
    expect(await city('check', `${directory}/words.json`)).toMatchObject({ code: 0 });
  });

  it('does not join row numbers that meet by chance without asking', async () => {
    const table = await file(
      'counted-stalls.csv',
      rows(['No,Stall,Latitude,Longitude', '1,Ann,40.5,-89.5', '2,Bea,40.51,-89.51', '3,Cid,40.52,-89.52']),
    );
    const hours = await file(
      'counted-hours.csv',
      rows([
        'Row,Stall holder,Weekday,Opens,Closes',
        '1,x,Monday,09:00,14:00',
        '2,y,Friday,09:00,14:00',
        '3,z,Friday,10:00,15:00',
      ]),
    );
    const { stdout } = await tried(table, 'counted', '--with', hours);
    expect(stdout).toMatch(/\? joined by +No = Row +guess:/);
    // Each guess is one line.
    const marked = stdout.split('\n').filter((line) => line.startsWith('? ')).length;
    expect(stdout).toContain(`${marked} lines with ? are guesses`);
    expect(await written('counted')).toMatchObject({
      notes: expect.arrayContaining([expect.stringMatching(/^Guess: sources\.schedule: No = Row/)]),
    });
  });

  it('takes one file for places and one for hours', async () => {
    const table = await file('bare-stalls.csv', rows(['Stall,Site', 'Ann,North Gate', 'Bea,South Gate']));
    const places = await file('gates.csv', rows(['Gate,Lat,Lon', 'North gate,40.5,-89.5', 'South gate,40.51,-89.51']));
    const hours = await file(
      'gate-hours.csv',
      rows(['Who,Weekday,Meal', 'ann,Mon,Lunch', 'bea,Tues,Dinner', 'bea,Fri,Lunch']),
    );
    const { code, stdout } = await tried(table, 'gates', '--with', hours, '--with', places);
    expect(code).toBe(0);
    expect(stdout).toContain('hours from: 2 schedule');
    expect(await written('gates')).toMatchObject({
      ids: { from: 'columns', columns: [['Stall', 'Who']] },
      sources: { places: { url: './gates.csv' }, schedule: { url: './gate-hours.csv', columns: { meal: 'Meal' } } },
      hours: { notation: 'schedule', meals: { Lunch: '11am-3pm', Dinner: '5pm-9pm' } },
    });
  });

  it('refuses a table that adds nothing, that meets the first nowhere, or that lists the vendors', async () => {
    const table = await file('numbered-stalls.csv', rows(stalls));
    const refused = async (name: string, lines: readonly string[]) =>
      failure('try', table, '--yes', '--no-serve', '--with', await file(name, rows(lines)));
    expect(await refused('owners.csv', ['Ref,Owner', 'P-101,x', 'P-102,y'])).toMatch(
      /owners\.csv: adds neither places nor hours: it has neither coordinates, nor a column of weekdays.*The columns are: Ref, Owner/,
    );
    const strangers = ['Ref,Weekday,Opens,Closes', 'Q-1,Monday,09:00,14:00', 'Q-2,Friday,09:00,14:00'];
    expect(await refused('strangers.csv', strangers)).toMatch(
      /strangers\.csv: nothing tells which place.*No two columns have enough values in common\. Compared were Permit No, Stall, Street with Ref/,
    );
    const shared = ['Stall,Weekday,Opens,Closes', 'Ann,Monday,09:00,14:00', 'Bea,Friday,09:00,14:00'];
    expect(await refused('ambiguous.csv', shared)).toMatch(
      /ambiguous\.csv: .*The values of Stall = Stall meet, but in the first table several rows have the same one/,
    );
    const vendors = [
      'Site,Vendor,Weekday,Opens,Closes',
      '1 Elm St,Ann,Monday,09:00,14:00',
      '1 Elm St,Bob,Monday,09:00,14:00',
      '2 Elm St,Bob,Friday,09:00,14:00',
    ];
    expect(await refused('vendors.csv', vendors)).toMatch(
      /vendors\.csv: has several names in "Vendor" at 1 of the 2 places.*"Ann" and "Bob".*give it first/,
    );
  });

  it('refuses a second table of hours, and keeps the secrets of addresses', async () => {
    const table = await file('numbered-stalls.csv', rows(stalls));
    const server = createServer((_, response) => response.setHeader('Content-Type', 'text/csv').end(rows(byNumber)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const hours = ['one', 'two'].map((name) => `http://127.0.0.1:${port}/${name}.csv?code=hush`);
    const message = await failure(...['try', table, '--yes', '--no-serve'], ...hours.flatMap((url) => ['--with', url]));
    server.close();
    expect(message).toMatch(/two\.csv\?code=\*\*\*: is a second table of hours, after \S+one\.csv\?code=\*\*\*/);
    expect(message).not.toContain('hush');
  });

  describe.skipIf(noSharedData)('real tables', () => {
    it.each([
      ['permits/permits-2022-03-02-487.json', 'schedule/schedule-2022-01-2809.csv', 'objectid'],
      ['permits/permits-2017-06-19-764.csv', 'schedule/schedule-2017-06-4923.csv', 'locationid'],
    ])('%s and %s are joined as in the built-in file', async (permits, schedule, id) => {
      const { code, stdout } = await tried(sharedData(permits), 'joined', '--with', sharedData(schedule), '--force');
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`joined by +${id} = locationid`, 'i'));
      expect(await written('joined')).toMatchObject({
        sources: {
          permits: { columns: { id: expect.stringMatching(new RegExp(id, 'i')) } },
          schedule: {
            columns: {
              id: 'locationid',
              dayName: 'DayOfWeekStr',
              start: 'start24',
              end: 'end24',
              description: 'locationdesc',
              lat: 'Latitude',
              lon: 'Longitude',
            },
          },
        },
      });
    });

    it('a schedule of other years is joined by address and vendor, as a guess, because its numbers are others', async () => {
      const old = sharedData('schedule/schedule-2017-06-4923.csv');
      const permits = sharedData('permits/permits-2024-08-29-489.csv');
      const { code, stdout } = await tried(permits, 'years', '--with', old);
      expect(code).toBe(0);
      expect(stdout).toMatch(/\? joined by +Address = PermitLocation and Applicant = Applicant/);
      expect(stdout).toMatch(/"permit" is the same in \d % of them/);
    });

    it('Boston’s schedule is the list: its table of places cannot be', async () => {
      const name = 'other-cities/boston-food-truck-schedule-2016-06-310.json';
      const spots = [...new Set(snapshot(name).rows.map(({ cells }) => cells.get('location') ?? ''))];
      const lines = spots.map((spot, at) => `"${spot}",${42.3 + at / 1000},-71.05`);
      const table = await file('spots-with.csv', rows(['Spot,Lat,Lon', ...lines]));
      const { code, stdout } = await tried(sharedData(name), 'boston-with', '--with', table);
      expect(code).toBe(0);
      expect(stdout).toContain('65 vendors in 216 places');
      expect(stdout).toContain('they name 29 of its 29 places');
      expect(await failure('try', table, '--yes', '--no-serve', '--with', sharedData(name))).toMatch(
        /has several names in "name" at \d+ of the 29 places/,
      );
    });
  });
});
