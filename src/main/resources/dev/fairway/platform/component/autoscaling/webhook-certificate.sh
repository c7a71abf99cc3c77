#!/bin/sh
# Keeps the certificate of the webhook $NAME: one for all replicas, in the Secret of that name, which
# the release brings without a word in it. Each replica runs this beside its server: whoever finds
# the Secret empty, or its certificate near its end, writes a new one there. All tell the API server
# to trust what stands in the Secret, and then put it where the server reads it.
#
# The certificate signs itself, so that no key exists that could sign another.
set -eu
umask 077

: "${API:=https://kubernetes.default.svc}"
: "${ACCOUNT:=/var/run/secrets/kubernetes.io/serviceaccount}"
: "${FOLDER:=/certificate}"
: "${DAYS:=90}"
secret=$API/api/v1/namespaces/$NAMESPACE/secrets/$NAME
webhook=$API/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/$NAME

# A token in an argument would stand in the list of processes.
call() {
  printf 'Authorization: Bearer %s' "$(cat "$ACCOUNT/token")" > "$FOLDER/.header"
  curl --silent --show-error --fail --max-time 10 --cacert "$ACCOUNT/ca.crt" \
    --header "@$FOLDER/.header" "$@"
}

# By a body of type $1, to $2.
patch() {
  call --request PATCH --header "Content-Type: application/$1+json" --data @- \
    --output "$FOLDER/.answer" "$2"
}

field() {
  sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$FOLDER/.secret" | head -n 1
}

encoded() {
  base64 | tr -d '\n'
}

# A third of its life before its end.
is_good() {
  field tls.crt | base64 -d > "$FOLDER/.crt"
  openssl x509 -in "$FOLDER/.crt" -noout -checkend "$((DAYS * 86400 / 3))" > "$FOLDER/.answer" 2>&1
}

# What was read has a version: of two that write at once the second is refused, and reads again.
renew() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days "$DAYS" \
    -subj "/CN=$NAME.$NAMESPACE.svc" -addext "subjectAltName=DNS:$NAME.$NAMESPACE.svc" \
    -addext 'extendedKeyUsage=serverAuth' \
    -keyout "$FOLDER/.new.key" -out "$FOLDER/.new.crt" 2> "$FOLDER/.answer" || return 1
  patch merge-patch "$secret" << EOF
{"metadata": {"resourceVersion": "$(field resourceVersion)"},
 "data": {"previous.crt": "$(field tls.crt)",
          "tls.crt": "$(encoded < "$FOLDER/.new.crt")",
          "tls.key": "$(encoded < "$FOLDER/.new.key")"}}
EOF
}

# The one before is trusted too: another replica may still show it for an hour.
publish() {
  { field previous.crt | base64 -d; field tls.crt | base64 -d; } > "$FOLDER/.bundle"
  patch json-patch "$webhook" << EOF
[{"op": "add", "path": "/webhooks/0/clientConfig/caBundle", "value": "$(encoded < "$FOLDER/.bundle")"}]
EOF
}

# The server reads the pair anew when its files change.
place() {
  field tls.key | base64 -d > "$FOLDER/.key"
  cmp -s "$FOLDER/.key" "$FOLDER/tls.key" ||
    { mv "$FOLDER/.key" "$FOLDER/tls.key" && mv "$FOLDER/.crt" "$FOLDER/tls.crt"; }
}

ensure() {
  call --output "$FOLDER/.secret" "$secret" &&
    { is_good || { renew && call --output "$FOLDER/.secret" "$secret" && is_good; }; } &&
    publish && place && touch "$FOLDER/checked"
}

while true; do
  if ensure; then
    [ -z "${ONCE:-}" ] || exit 0
    sleep 3600
  else
    sleep 5
  fi
done
