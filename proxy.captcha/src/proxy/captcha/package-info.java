/**
 * The action {@code captcha}, with Pingoo's cookies, endpoints and keys. {@link proxy.captcha.CaptchaAction} lets verified
 * clients pass and shows the others a page. The page asks {@link proxy.captcha.Endpoints} for a challenge, looks for a
 * nonce (work.js), has it checked, and reloads. {@link proxy.captcha.EndpointRule} brings the endpoints before every rule
 * and route, but only while a rule asks for a captcha: otherwise no request is looked at.
 *
 * <p>Nothing is remembered of a client: what it has shown is in its cookies, which are tokens signed with the keys of
 * {@link proxy.captcha.KeyWatch}. Only challenges that were solved are remembered for as long as they live.
 */
package proxy.captcha;
