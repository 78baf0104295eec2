/**
 * Who gets what, route by route. The columns are the askers: nobody, a wrong login, an ended one, an administrator, the
 * therapist of the patient, another therapist, a researcher, a key for this patient with every permission, and one for
 * another patient.
 *
 * - y: it answers, or says what is wrong with the request itself
 * - l: 401, it takes a login
 * - n: 403, a permission is lacking
 * - h: 404, word for word what is answered where there is no such record
 * - 404: the record is there, and has nothing of the kind
 * - 503: not set up here
 *
 * A row of `l l l h` tells of something that the clinic of this test does not have, such as a subscription.
 */
export const MATRIX: Readonly<Record<string, string>> = {
  // analytics
  'GET /api/analytics/daily': 'l l l y y y y y y',
  'GET /api/analytics/quality': 'l l l y y y y y y',
  // audit
  'GET /api/audit': 'l l l y n n n n n',
  'GET /api/audit/export': 'l l l y n n n n n',
  'GET /api/audit/verify': 'l l l y n n n n n',
  // cache
  'POST /api/cache/benchmark': 'l l l y n n n n n',
  'GET /api/cache/dashboard': 'l l l y n n n y y',
  'GET /api/cache/health': 'l l l y n n n y y',
  'POST /api/cache/invalidate': 'l l l y n n n n n',
  'GET /api/cache/keys': 'l l l y n n n n n',
  'GET /api/cache/namespaces': 'l l l y n n n y y',
  'GET /api/cache/stats': 'l l l y n n n y y',
  'GET /api/cache/stream': 'l l l y n n n y y',
  'GET /api/cache/warm': 'l l l y n n n y y',
  'POST /api/cache/warm': 'l l l y n n n n n',
  // docs
  'GET /api/docs': 'y y y y y y y y y',
  'GET /api/docs/script.js': 'y y y y y y y y y',
  'GET /api/docs/start.js': 'y y y y y y y y y',
  'GET /api/docs/style.css': 'y y y y y y y y y',
  // exports
  'GET /api/exports': 'l l l y y y y y y',
  // jobs
  'GET /api/jobs': 'l l l y y y n y y',
  'GET /api/jobs/queues': 'l l l y n n n n n',
  'GET /api/jobs/{id}': 'l l l y y h n y h',
  'POST /api/jobs/{id}/cancel': 'l l l y n n n y h',
  'GET /api/jobs/{id}/events': 'l l l y y h n y h',
  'POST /api/jobs/{id}/retry': 'l l l y n n n y h',
  // keys
  'GET /api/keys': 'l l l y n n n n n',
  'POST /api/keys': 'l l l y n n n n n',
  'DELETE /api/keys/{id}': 'l l l y n n n n n',
  'GET /api/keys/{id}': 'l l l y n n n n n',
  // login
  'POST /api/login': 'y y y y y y y y y',
  'GET /api/login/methods': 'y y y y y y y y y',
  'GET /api/login/oidc': 'h h h h h h h h h',
  'POST /api/login/oidc/backchannel-logout': 'h h h h h h h h h',
  'GET /api/login/oidc/callback': 'h h h h h h h h h',
  'GET /api/login/oidc/logout': 'h h h h h h h h h',
  // logout
  'POST /api/logout': 'y y y y y y y y y',
  // me
  'GET /api/me': 'l l l y y y y y y',
  'PUT /api/me/password': 'l l l y y y y n n',
  'GET /api/me/preferences': 'l l l y y y y n n',
  'PUT /api/me/preferences': 'l l l y y y y n n',
  'DELETE /api/me/sessions': 'l l l y y y y n n',
  'GET /api/me/sessions': 'l l l y y y y n n',
  'DELETE /api/me/sessions/{id}': 'l l l h h h h n n',
  // mvc
  'POST /api/mvc/calibrate': 'l l l y y y n y y',
  'POST /api/mvc/calibrate/preview': 'l l l y y y n y y',
  'GET /api/mvc/defaults': 'l l l y y y y y y',
  // openapi.json
  'GET /api/openapi.json': 'y y y y y y y y y',
  // patients
  'GET /api/patients': 'l l l y y y y y y',
  'POST /api/patients': 'l l l y y y n y y',
  'DELETE /api/patients/{code}': 'l l l y n n n y h',
  'GET /api/patients/{code}': 'l l l y y h y y h',
  'PATCH /api/patients/{code}': 'l l l y y h n y h',
  'DELETE /api/patients/{code}/identity': 'l l l y y h n y h',
  'GET /api/patients/{code}/identity': 'l l l y y h n y h',
  'PUT /api/patients/{code}/identity': 'l l l y y h n y h',
  'GET /api/patients/{code}/mvc': 'l l l y y h y y h',
  'POST /api/patients/{code}/mvc': 'l l l y y h n y h',
  'GET /api/patients/{code}/mvc/history': 'l l l y y h y y h',
  'GET /api/patients/{code}/notes': 'l l l y y h n y h',
  'POST /api/patients/{code}/notes': 'l l l y y h n y h',
  'DELETE /api/patients/{code}/notes/{noteId}': 'l l l y y h n y h',
  'GET /api/patients/{code}/notes/{noteId}': 'l l l y y h n y h',
  'PATCH /api/patients/{code}/notes/{noteId}': 'l l l y y h n y h',
  'POST /api/patients/{code}/recordings': 'l l l y y h n y h',
  'GET /api/patients/{code}/trends': 'l l l y y h y y h',
  // recordings
  'GET /api/recordings': 'l l l y y y y y y',
  'POST /api/recordings': 'l l l y y y n y y',
  'GET /api/recordings/{id}': 'l l l y y h y y h',
  'GET /api/recordings/{id}/analysis': 'l l l y y h y y h',
  'POST /api/recordings/{id}/analysis': 'l l l y y h y y h',
  'GET /api/recordings/{id}/edits': 'l l l y y h y y h',
  'POST /api/recordings/{id}/edits': 'l l l y y h n y h',
  'POST /api/recordings/{id}/edits/{editId}/revoke': 'l l l 404 404 h n 404 h',
  'GET /api/recordings/{id}/export': 'l l l y y h y y h',
  'GET /api/recordings/{id}/file': 'l l l y y h n y h',
  'GET /api/recordings/{id}/metadata': 'l l l y y h y y h',
  'GET /api/recordings/{id}/report': 'l l l y y h n y h',
  'GET /api/recordings/{id}/signals': 'l l l y y h y y h',
  'POST /api/recordings/{id}/signals': 'l l l y y h y y h',
  // roles
  'GET /api/roles': 'l l l y n n n y y',
  // scoring
  'GET /api/scoring/adherence/{patientCode}': 'l l l y y h y y h',
  'DELETE /api/scoring/assignments/patients/{code}': 'l l l y y h n y h',
  'PUT /api/scoring/assignments/patients/{code}': 'l l l y y h n y h',
  'DELETE /api/scoring/assignments/sessions/{id}': 'l l l y y h n y h',
  'PUT /api/scoring/assignments/sessions/{id}': 'l l l y y h n y h',
  'GET /api/scoring/configurations': 'l l l y y y y y y',
  'POST /api/scoring/configurations': 'l l l y n n n n n',
  'GET /api/scoring/configurations/{id}': 'l l l y y y y y y',
  'POST /api/scoring/configurations/{id}/activate': 'l l l y n n n n n',
  'POST /api/scoring/configurations/{id}/retire': 'l l l y n n n n n',
  'POST /api/scoring/configurations/{id}/versions': 'l l l y n n n n n',
  'GET /api/scoring/resolve': 'l l l y y h y y h',
  'POST /api/scoring/scores': 'l l l y y y y y y',
  // server
  'GET /health': 'y y y y y y y y y',
  'GET /livez': 'y y y y y y y y y',
  'GET /metrics': 'y y y y y y y y y',
  'GET /readyz': 'y y y y y y y y y',
  'GET /setup': 'y y y y y y y y y',
  // the page
  'GET /': 'y y y y y y y y y',
  'GET /page/{file}': 'y y y y y y y y y',
  // sessions
  'GET /api/sessions': 'l l l y y h y y h',
  'POST /api/sessions': 'l l l y y y n y y',
  'GET /api/sessions/{id}': 'l l l y y h y y h',
  'PATCH /api/sessions/{id}': 'l l l y y h n y h',
  'GET /api/sessions/{id}/analyses': 'l l l y y h y y h',
  'GET /api/sessions/{id}/analyses/{analysisId}': 'l l l y y h y y h',
  'GET /api/sessions/{id}/analysis': 'l l l y y h y y h',
  'POST /api/sessions/{id}/analysis': 'l l l y y h n y h',
  'GET /api/sessions/{id}/channels/{channel}': 'l l l y y h y y h',
  'GET /api/sessions/{id}/contractions': 'l l l y y h y y h',
  'GET /api/sessions/{id}/export': 'l l l y y h y y h',
  'GET /api/sessions/{id}/report': 'l l l y y h n y h',
  'POST /api/sessions/{id}/score': 'l l l y y h n y h',
  'GET /api/sessions/{id}/scores': 'l l l y y h y y h',
  // setup
  'POST /api/setup': 'y y y y y y y y y',
  'GET /api/setup/script.js': 'y y y y y y y y y',
  'GET /api/setup/style.css': 'y y y y y y y y y',
  // system
  'GET /api/system/analysis': 'l l l y y y y y y',
  'GET /api/system/channel-profiles': 'l l l y y y y y y',
  'POST /api/system/channel-profiles': 'l l l y n n n n n',
  'DELETE /api/system/channel-profiles/{id}': 'l l l y n n n n n',
  'PUT /api/system/channel-profiles/{id}': 'l l l y n n n n n',
  'GET /api/system/panels': 'y y y y y y y y y',
  'GET /api/system/recording-formats': 'l l l y y y y y y',
  // users
  'GET /api/users': 'l l l y n n n n n',
  'POST /api/users': 'l l l y n n n n n',
  'DELETE /api/users/{id}': 'l l l y n n n n n',
  'GET /api/users/{id}': 'l l l y n n n n n',
  'PATCH /api/users/{id}': 'l l l y n n n n n',
  'DELETE /api/users/{id}/oidc': 'l l l h n n n n n',
  'GET /api/users/{id}/oidc': 'l l l h n n n n n',
  'PUT /api/users/{id}/oidc': 'l l l y n n n n n',
  'POST /api/users/{id}/reset': 'l l l y n n n n n',
  'DELETE /api/users/{id}/sessions': 'l l l y n n n n n',
  'GET /api/users/{id}/sessions': 'l l l y n n n n n',
  // webhooks
  'POST /api/webhooks/storage/c3d-upload': '503 503 503 503 503 503 503 503 503',
  'GET /api/webhooks/storage/deliveries': 'l l l y y y n y y',
  'GET /api/webhooks/storage/status/{id}': 'l l l h h h n h h',
  'GET /api/webhooks/subscriptions': 'l l l y n n n n n',
  'POST /api/webhooks/subscriptions': 'l l l y n n n n n',
  'DELETE /api/webhooks/subscriptions/{id}': 'l l l h n n n n n',
  'GET /api/webhooks/subscriptions/{id}': 'l l l h n n n n n',
  'PATCH /api/webhooks/subscriptions/{id}': 'l l l y n n n n n',
}
