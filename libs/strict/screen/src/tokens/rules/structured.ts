import { rule, type TokenRule } from '../token-rule.js';

/** What standards shape: tokens of the web, addresses with a password in them, and words beside a secret. */
export const STRUCTURED_RULES: readonly TokenRule[] = [
  rule(
    'issuer',
    'json-web-token',
    ['eyJhbGciOi', 'eyJ0eXAiOi', 'eyJraWQiOi', 'eyJ4NXQiOi', 'eyJqa3UiOi'],
    '[A-Za-z0-9_-]{5,2000}\\.[A-Za-z0-9_-]{10,6000}\\.[A-Za-z0-9_-]{20,1400}',
    { check: 'jwt' },
  ),
  rule(
    'issuer',
    'credential-in-uri',
    [
      'postgres://',
      'postgresql://',
      'mysql://',
      'redis://',
      'rediss://',
      'mongodb://',
      'mongodb+srv://',
      'amqp://',
      'amqps://',
      'ftp://',
      'smtp://',
      'ldap://',
      'https://',
      'http://',
    ],
    '[^\\s:/@"\\\'<>\\x00]{1,64}:[^\\s:/@"\\\'<>\\x00]{6,128}@[A-Za-z0-9.-]{1,128}',
    { check: 'uri' },
  ),
  rule(
    'issuer',
    'bearer-credential',
    ['Authorization: Bearer ', 'authorization: Bearer ', 'authorization: bearer '],
    '[A-Za-z0-9_.~+/=-]{20,4096}',
    { level: 1, entropy: 3.5 },
  ),
  rule(
    'issuer',
    'basic-credential',
    ['Authorization: Basic ', 'authorization: Basic '],
    '[A-Za-z0-9+/]{12,512}={0,2}',
    { level: 1, entropy: 3 },
  ),
  rule(
    'issuer',
    'password-credential',
    ['password=', 'Password=', 'passwd=', 'PASSWORD=', 'pwd='],
    '[^\\s&;"\\\'<>\\x00]{8,128}',
    { level: 0, entropy: 3 },
  ),
  rule(
    'issuer',
    'aws-secret-credential',
    ['aws_secret_access_key', 'secretAccessKey', 'SecretAccessKey', 'AWS_SECRET_ACCESS_KEY'],
    '["\\\']?\\s{0,3}[=:]\\s{0,3}["\\\']?[A-Za-z0-9+/]{40}',
    { level: 1, entropy: 4 },
  ),
  rule(
    'issuer',
    'client-secret-credential',
    ['client_secret=', '"client_secret":"', 'clientSecret":"'],
    '[A-Za-z0-9_.~+/=-]{16,256}',
    { level: 0, entropy: 3 },
  ),
];
