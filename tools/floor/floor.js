// The floor under a cold compile: the very same resources and Kubernetes objects, created by plain JavaScript in the
// Node.js and the libraries that jsii runs, and synthesized without template validation. Nothing can be faster that
// lets CDK and cdk8s make a release.
//
//   floor.js read RELEASE FILE     puts what a release holds into one file, so that a run reads no YAML
//   floor.js run FILE OUT          the floor itself: creates and synthesizes all of it
//   floor.js check FILE OUT        fails unless what was synthesized has the same content
//
// libraries.js makes the folder node_modules that this expects in the current directory.
'use strict';
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');

const libraries = createRequire(path.resolve('node_modules', 'floor.js'));
const yaml = () => createRequire(libraries.resolve('cdk8s'))('yaml');
const json = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const documents = (file) =>
  yaml()
    .parseAllDocuments(fs.readFileSync(file, 'utf8'))
    .map((document) => document.toJS())
    .filter((object) => object !== null);
const names = (folder, suffix) =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
    .sort();

function read(release, file) {
  const all = { templates: {}, manifests: {} };
  for (const name of names(path.join(release, 'templates'), '.json')) {
    all.templates[name] = json(path.join(release, 'templates', `${name}.json`));
  }
  for (const name of names(path.join(release, 'manifests'), '.yaml')) {
    all.manifests[name] = documents(path.join(release, 'manifests', `${name}.yaml`));
  }
  fs.writeFileSync(file, JSON.stringify(all));
}

function run(file, out) {
  const { templates, manifests } = json(file);
  synthesizeTemplates(templates, path.join(out, 'templates'));
  synthesizeManifests(manifests, path.join(out, 'manifests'));
}

function synthesizeTemplates(templates, outdir) {
  const cdk = libraries('aws-cdk-lib');

  /** A parameter, a condition or an output, as it stands in the template. */
  class Part extends cdk.CfnElement {
    constructor(stack, section, name, content) {
      super(stack, name);
      this.part = { [section]: { [name]: content } };
    }

    _toCloudFormation() {
      return this.part;
    }
  }

  const app = new cdk.App({ outdir, analyticsReporting: false, treeMetadata: false });
  for (const [name, { Description: description, Resources: resources, ...sections }] of Object.entries(templates)) {
    const synthesizer = new cdk.DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
    const stack = new cdk.Stack(app, name, { description, analyticsReporting: false, synthesizer });
    for (const [section, parts] of Object.entries(sections)) {
      for (const [id, content] of Object.entries(parts)) {
        new Part(stack, section, id, content);
      }
    }
    for (const [id, { Type: type, Properties: properties, ...attributes }] of Object.entries(resources)) {
      const resource = new cdk.CfnResource(stack, id, { type, properties });
      for (const [attribute, value] of Object.entries(attributes)) {
        resource.addOverride(attribute, value);
      }
    }
  }
  app.synth();
}

function synthesizeManifests(manifests, outdir) {
  const { App, ApiObject, Chart } = libraries('cdk8s');
  const app = new App({ outdir });
  for (const [name, objects] of Object.entries(manifests)) {
    const chart = new Chart(app, name, { disableResourceNameHashes: true });
    objects.forEach((object, index) => new ApiObject(chart, `object${index}`, object));
  }
  app.synth();
}

function check(file, out) {
  const { isDeepStrictEqual } = require('node:util');
  const { templates, manifests } = json(file);
  const wrong = [];
  let resources = 0;
  let objects = 0;
  for (const [name, template] of Object.entries(templates)) {
    resources += Object.keys(template.Resources).length;
    if (!isDeepStrictEqual(json(path.join(out, 'templates', `${name}.template.json`)), template)) {
      wrong.push(`template ${name}`);
    }
  }
  // cdk8s orders the objects of a chart by what they depend on and by nothing else.
  const sorted = (list) => list.map((object) => JSON.stringify(canonical(object))).sort();
  for (const [name, declared] of Object.entries(manifests)) {
    objects += declared.length;
    const found = documents(path.join(out, 'manifests', `${name}.k8s.yaml`));
    if (!isDeepStrictEqual(sorted(found), sorted(declared))) {
      wrong.push(`manifest ${name}`);
    }
  }
  if (wrong.length > 0) {
    console.error(`not what the release holds: ${wrong.join(', ')}`);
    process.exit(1);
  }
  console.log(
    `${Object.keys(templates).length} templates with ${resources} resources, ` +
      `${Object.keys(manifests).length} charts with ${objects} objects: the same content as the release`,
  );
}

function canonical(value) {
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, canonical(value[key])]));
}

const [mode, ...paths] = process.argv.slice(2);
({ read, run, check })[mode](...paths);
