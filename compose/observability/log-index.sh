# Before the first line arrives: how log lines are searched, how long they are kept, and what Kibana shows of them.
# Repeating it changes nothing.
set -euo pipefail
send() { curl --fail-with-body --silent --show-error --retry 5 --retry-connrefused "$@"; }
put() { send --request PUT --header 'content-type: application/json' --data "@/log-index/$2" "$ELASTICSEARCH/$1"; }

put _ilm/policy/shopstack-logs lifecycle-policy.json
put _index_template/shopstack-logs index-template.json
answer=$(send --header 'kbn-xsrf: true' --form file=@/kibana/shopstack.ndjson \
  "$KIBANA/api/saved_objects/_import?overwrite=true")
echo "$answer"
# Kibana answers 200 also when it has refused some of them.
[[ "$answer" == *'"success":true'* ]]
