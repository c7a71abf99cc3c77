// Cluster records by the thousand, each with a network, pools and settings of its own, together with every profile and
// with both kinds of network. The same number gives the same records: nothing here is left to chance.
//
//   node tools/bench/fleet.js COUNT OUT
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1'];
const PROFILES = ['highcpu', 'highmem', 'highio', 'gpu', 'spot'];
const TYPES = {
  worker: ['m5.large', 'm5.xlarge', 'm6i.xlarge', 'm6i.2xlarge'],
  highcpu: ['c5.4xlarge', 'c6i.4xlarge'],
  highmem: ['r5.4xlarge', 'r6i.4xlarge'],
  highio: ['i3.2xlarge', 'i3en.2xlarge'],
  gpu: ['g4dn.2xlarge', 'g5.2xlarge'],
  spot: ['m5.4xlarge', 'm5a.4xlarge', 'm5d.4xlarge', 'm6i.4xlarge', 'r5.4xlarge', 'r5a.4xlarge'],
};
const HASH = `sha512-${'0'.repeat(128)}`;

const hex = (number, length) => number.toString(16).padStart(length, '0');
const list = (key, items) => `${key}:\n${items.map((item) => `  - ${item}\n`).join('')}`;

/** A VPC that Fairway makes, or one in three that was there before. */
function network(number) {
  if (number % 3 !== 0) {
    return `vpc_cidr: 172.${16 + (number % 16)}.0.0/16\n`;
  }
  const subnets = (first) => [0, 1, 2].map((zone) => `subnet-${hex(number * 8 + first + zone, 17)}`);
  return (
    `vpc_id: vpc-${hex(number, 17)}\nvpc_cidr: 10.${64 + (number % 64)}.0.0/18\n` +
    list('public_subnets', subnets(0)) +
    list('private_subnets', subnets(3)) +
    list('nat_addresses', [`198.51.100.${number % 256}`])
  );
}

/** From none to four pools beside the workers that every cluster has. */
function pools(number) {
  const special = PROFILES.filter((_, index) => (number + index) % 5 < number % 5);
  return ['worker', ...special].map((profile, index) => pool(number, profile, index)).join('');
}

function pool(number, profile, index) {
  const types = TYPES[profile];
  const used = types.slice(0, 1 + ((number + index) % types.length));
  const least = 3 * (number % 4);
  return `  - name: ${profile}-${index}
    profile: ${profile}
    discount_strategy: ${profile === 'spot' ? 'spot' : 'none'}
    instance_types: [${used.join(', ')}]
    min_size: ${least}
    max_size: ${least + 3 * (1 + (number % 30))}
    config_items: ${index % 2 === 0 ? '{}' : `{node_labels: "team=t${number % 40}"}`}
`;
}

function record(number) {
  const account = 100_000_000_000 + number;
  const region = REGIONS[number % REGIONS.length];
  const name = `cluster-${number}`;
  return `id: aws:${account}:${region}:k${number}
infrastructure_account: aws:${account}
region: ${region}
local_id: k${number}
alias: ${name}
owner: team-${number % 40}
environment: ${number % 2 === 0 ? 'production' : 'test'}
criticality_level: ${1 + (number % 3)}
channel: ${['dev', 'alpha', 'stable'][number % 3]}
lifecycle_status: ready
api_server_url: https://${name}.example.org
api_scheme: ${number % 4 === 0 ? 'internal' : 'internet-facing'}
${list('api_access_cidrs', [`203.0.113.${number % 256}/32`, '198.51.100.0/24'])}hosted_zone:
  id: Z${String(number).padStart(19, '0')}
  name: example.org
certificate_arn: arn:aws:acm:${region}:${account}:certificate/00000000-0000-4000-8000-${hex(number, 12)}
${list('availability_zones', ['a', 'b', 'c'].map((zone) => region + zone))}${network(number)}ami: ami-${hex(number, 17)}
config_items:
  kubernetes_sysext_hash: ${HASH}
  nvidia_runtime_sysext_hash: ${HASH}
${number % 5 === 0 ? '  elb_log_days: "14"\n' : ''}node_pools:
${pools(number)}`;
}

const [count, out] = process.argv.slice(2);
fs.mkdirSync(out, { recursive: true });
for (let number = 1; number <= Number(count); number++) {
  fs.writeFileSync(path.join(out, `cluster-${number}.yaml`), record(number));
}
