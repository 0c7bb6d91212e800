import { describe, expect, it } from 'vitest';
import { trustedProxies } from '../../../functions/config/setting-parsers.ts';
import { clientKey, createClientAddress } from '../../../functions/node/client-address.ts';

const addressOf = (setting: string | null, peer: string, forwardedFor?: string) =>
  createClientAddress(setting === null ? null : (trustedProxies(setting) ?? null))(peer, forwardedFor);

describe('the address of a client', () => {
  it.each([
    // Nobody is trusted: the header is the client's own words.
    [null, '203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['1', '10.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['1', '10.0.0.1', undefined, '10.0.0.1'],
    ['1', '10.0.0.1', '', '10.0.0.1'],
    // A client that sends the header itself: the proxy appends the true address.
    ['1', '10.0.0.1', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['2', '10.0.0.1', '198.51.100.1, 203.0.113.7, 10.0.0.2', '203.0.113.7'],
    // Fewer entries than proxies: the first one is the best that is known.
    ['3', '10.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['10.0.0.0/8', '10.0.0.1', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['10.0.0.0/8', '10.0.0.1', '198.51.100.1, 203.0.113.7, 10.9.9.9', '203.0.113.7'],
    ['10.0.0.0/8', '::ffff:10.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['10.0.0.0/8', '192.0.2.9', '203.0.113.7', '192.0.2.9'],
    ['10.0.0.1,fd00::/8', 'fd12::9', '203.0.113.7,10.0.0.1', '203.0.113.7'],
    ['10.0.0.1', '10.0.0.1', '10.0.0.1, 10.0.0.1', '10.0.0.1'],
    // Forms that proxies write.
    ['1', '10.0.0.1', '203.0.113.7:4711', '203.0.113.7'],
    ['1', '10.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['1', '10.0.0.1', '[2001:db8::1]', '2001:db8::1'],
    ['1', '10.0.0.1', 'fe80::1%eth0', 'fe80::1'],
    // What is no address ends the chain.
    ['1', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['2', '10.0.0.1', '203.0.113.7, _hidden', '10.0.0.1'],
    ['1', '10.0.0.1', ','.repeat(9_000), '10.0.0.1'],
  ])('with %j trusted, from %s with %j', (setting, peer, forwardedFor, expected) => {
    expect(addressOf(setting, peer, forwardedFor)).toBe(expected);
  });

  it.each(['0', '10', '10.0.0.0/33', '10.0.0/8', 'fd00::/129', 'example.org', '10.0.0.1,', '', '1.2.3.4/', '::g'])(
    'cannot be configured with %j',
    (setting) => expect(trustedProxies(setting)).toBeUndefined(),
  );
});

describe('a client is', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::3:4:5:6:7', '2001:db8:0:3::/64'],
    ['fe80::1', 'fe80:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['1:2:3::192.0.2.1', '1:2:3:0::/64'],
    // This machine: its operator, or a proxy that was not declared.
    ['127.0.0.1', null],
    ['127.9.9.9', null],
    ['::1', null],
    ['::ffff:127.0.0.1', null],
  ])('%s: %s', (address, key) => expect(clientKey(address)).toBe(key));
});
