import { rule, type TokenRule } from '../token-rule.js';

/** Keys that carry a signature of their kind inside, so that they can be told from any other base64. */
export const MICROSOFT_RULES: readonly TokenRule[] = [
  rule(
    'security-utilities',
    'azure-storage-account-key',
    ['DefaultEndpointsProtocol=http'],
    's?;AccountName=[a-z0-9]{3,24};AccountKey=[A-Za-z0-9+/]{76}\\+ASt[A-Za-z0-9+/]{6}==',
    { level: 2 },
  ),
  rule('security-utilities', 'nuget-key', 'oy2', '[a-z2-7]{43}', { entropy: 3.5 }),
  rule('security-utilities', 'cask-key', 'JQQJ9', '[9D][A-Za-z0-9_-]{40,90}', { entropy: 3.5 }),
  rule(
    'security-utilities',
    'azure-app-configuration',
    'Endpoint=https://',
    '[a-z0-9.-]{6,80}\\.azconfig\\.io;Id=[^;\\s]{4,64};Secret=[A-Za-z0-9+/=]{40,90}',
    { level: 2 },
  ),
  rule(
    'security-utilities',
    'azure-service-bus',
    'Endpoint=sb://',
    '[a-z0-9.-]{6,80};SharedAccessKeyName=[^;\\s]{1,64};SharedAccessKey=[A-Za-z0-9+/=]{40,90}',
    { level: 2 },
  ),
  rule(
    'security-utilities',
    'azure-iot-hub',
    'HostName=',
    '[A-Za-z0-9.-]{6,80}\\.azure-devices\\.net;(?:SharedAccessKeyName|DeviceId)=[^;\\s]{1,64};SharedAccessKey=[A-Za-z0-9+/=]{40,90}',
    { level: 2 },
  ),
  rule(
    'security-utilities',
    'azure-cosmos-db',
    'AccountEndpoint=https://',
    '[a-z0-9.:/-]{6,100};AccountKey=[A-Za-z0-9+/=]{40,90}',
    { level: 2 },
  ),
  rule('security-utilities', 'sql-connection-string', ['Password=', 'Pwd='], '[^\\s;"\\\'<>\\x00]{8,128};', {
    level: 0,
    entropy: 3,
  }),
];
