import assert from 'node:assert/strict';

export async function use({ Customers }, { sandbox }) {
  const portal = await sandbox();
  const client = portal.client();
  const customers = new Customers(client, (name) => {
    const party = name === 'a' ? portal.reporter : portal.otherReporter;
    const { clientId, clientSecret } = party;
    return { clientId, clientSecret, identity: party.identity() };
  });
  const caller = customers.of('a');
  assert.equal(customers.of('a'), caller);
  const [a, b] = await Promise.all(['a', 'b'].map((name) => customers.of(name).token()));
  assert.notEqual(a.accessToken(), b.accessToken());
  customers.renew('a');
  assert.equal((await caller.token()).kind, 'direct');
  customers.remove('a');
  await assert.rejects(caller.token(), { name: 'SkifteportalError', type: 'session' });
  assert.equal((await customers.of('a').token()).kind, 'direct');
  client.close();
}
