// A certified OpenID provider (oidc-provider) on a free loopback port, for tests only. It prints its address
// as one line of JSON, and ends when its standard input does, that is with the tests that started it.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const [redirectUri, secret] = process.argv.slice(2)
const pair = (kind, options, alg) => ({
  ...generateKeyPairSync(kind, options).privateKey.export({ format: 'jwk' }),
  kid: `of-${alg}`,
  use: 'sig',
  alg,
})
const client = (id, alg, more) => ({
  client_id: id,
  redirect_uris: [redirectUri],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  id_token_signed_response_alg: alg,
  token_endpoint_auth_method: 'none',
  ...more,
})

const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, {
    jwks: {
      keys: [
        pair('rsa', { modulusLength: 2048 }, 'RS256'),
        pair('rsa', { modulusLength: 2048 }, 'PS256'),
        pair('ec', { namedCurve: 'P-256' }, 'ES256'),
        pair('ed25519', {}, 'EdDSA'),
      ],
    },
    clients: [
      client('of-RS256', 'RS256'),
      client('of-PS256', 'PS256'),
      client('of-ES256', 'ES256'),
      client('of-EdDSA', 'EdDSA'),
      client('with secret', 'RS256', {
        client_secret: secret,
        token_endpoint_auth_method: 'client_secret_basic',
      }),
    ],
    pkce: { methods: ['S256'], required: () => true },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `Имя ${id}`, email: `${id}@example.org` }),
    }),
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({
          scope: '',
          audience: resource.replace('urn:audience:', ''),
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    cookies: { keys: ['of the tests'] },
    ttl: { AuthorizationCode: 60, Session: 600, Interaction: 600, Grant: 600, IdToken: 300 },
  })
  server.on('request', provider.callback())
  console.log(JSON.stringify({ issuer }))
})
process.stdin.resume().on('end', () => process.exit(0))
