// A file of its own, so that a content security policy need not allow inline scripts.
window.addEventListener('load', () => SwaggerUIBundle({
  url: '/openapi?format=JSON',
  dom_id: '#documentation',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  tryItOutEnabled: true,
  // Nothing leaves this site: no badge from validator.swagger.io.
  validatorUrl: null
}));
