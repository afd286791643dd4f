// One file for jest: what helm has rendered and ajv has compiled serves all of them.
import './argocd.suite.ts';
import './breaches.suite.ts';
import './datastores.suite.ts';
import './deploy-guide.suite.ts';
import './images.suite.ts';
import './network.suite.ts';
import './renderings.suite.ts';
import './secrets.suite.ts';
