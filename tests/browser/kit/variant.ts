// The build that needs no gateway: stands in for clients/web/reporter/variant.ts.
export { make_fake_session as make_session } from './fake_session.ts';
export { pseudo_languages as test_languages } from './pseudo.ts';
