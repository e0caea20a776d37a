import { rule, type TokenRule } from '../token-rule.js';

/** Payment, trade and currencies. */
export const PAYMENT_RULES: readonly TokenRule[] = [
  rule(
    'gitleaks',
    'stripe-key',
    ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'sk_prod_', 'rk_prod_'],
    '[A-Za-z0-9]{10,99}',
    { entropy: 3 },
  ),
  rule('kingfisher', 'stripe-webhook-secret', 'whsec_', '[A-Za-z0-9+/]{32,64}={0,2}', { entropy: 3 }),
  rule('gitleaks', 'square-access-token', 'EAAA', '[A-Za-z0-9_-]{60}', { entropy: 3.5 }),
  rule('gitleaks', 'square-application-secret', ['sq0atp-', 'sq0csp-'], '[A-Za-z0-9_-]{22,43}', { entropy: 3 }),
  rule('gitleaks', 'shopify-token', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], '[a-fA-F0-9]{32}', { entropy: 3 }),
  rule('gitleaks', 'flutterwave-secret', 'FLWSECK_TEST-', '[a-hA-H0-9]{12,32}', { entropy: 3 }),
  rule('kingfisher', 'razorpay-key', 'rzp_live_', '[A-Za-z0-9]{14}', { entropy: 3 }),
  rule(
    'gitleaks',
    'plaid-token',
    ['access-production-', 'access-sandbox-', 'access-development-'],
    '[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}',
  ),
  rule('gitleaks', 'easypost-token', ['EZAK', 'EZTK'], '[A-Za-z0-9]{54}', { entropy: 3.5 }),
  rule('gitleaks', 'duffel-token', ['duffel_test_', 'duffel_live_'], '[A-Za-z0-9_=-]{43}', { entropy: 3 }),
  rule('kingfisher', 'bitcoin-extended-private-key', ['xprv9s21', 'xprv'], '[1-9A-HJ-NP-Za-km-z]{100,108}', {
    check: 'base58check',
  }),
  rule('gitleaks', 'shippo-token', ['shippo_live_', 'shippo_test_'], '[a-fA-F0-9]{40}', { entropy: 3 }),
  rule('gitleaks', 'frameio-token', 'fio-u-', '[A-Za-z0-9_=-]{64}', { entropy: 3 }),
];
