#!/bin/sh
# Makes what the nodes of compose.yaml prove themselves by, and gives each its own. Started again it changes nothing:
# another master key could not open what the first has sealed.
#
# secrets.sh AUTHORITY NODES   AUTHORITY keeps everything, NODES/NAME is what NAME sees
set -eu
umask 077
authority=$1
nodes=$2
# Of the user in the image.
owner=${OWNER:-65532:65532}

# Writes standard input to a file that is whole or not there.
keep() {
  if [ -s "$authority/$1" ]; then
    cat >/dev/null
  else
    cat >"$authority/$1.new"
    mv -- "$authority/$1.new" "$authority/$1"
  fi
}

random() {
  head -c 32 /dev/urandom | base64 | tr -d '\n'
}

# Letters and digits only: these stand in URLs.
password() {
  head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'
}

random | keep master.key
random | keep attestation.key
password | keep client-secret
password | keep management.token
password | keep postgres-password
password | keep redis-password
if ! [ -f "$authority/made" ]; then
  "${GATEHOUSE:-gatehouse}" cluster certs --out "$authority" --name gateway:gateway --name token:token --name store:store
  : >"$authority/made"
fi
postgres=$(cat "$authority/postgres-password")
redis=$(cat "$authority/redis-password")
printf 'postgresql://gatehouse:%s@postgres:5432/gatehouse' "$postgres" | keep database
printf 'redis://:%s@redis:6379' "$redis" | keep redis
printf 'requirepass %s\nmaxmemory-policy noeviction\nsave ""\n' "$redis" | keep redis.conf

# give NODE MODE FILE...
give() {
  node=$1
  mode=$2
  shift 2
  mkdir -p -- "$nodes/$node"
  for file; do
    cp -- "$authority/$file" "$nodes/$node/${file##*/}"
    chmod "$mode" "$nodes/$node/${file##*/}"
  done
}

for node in gateway token store; do
  give "$node" 0400 "$node/node.crt" "$node/node.key" "$node/ca.crt"
done
give token 0400 master.key attestation.key client-secret management.token
give store 0400 attestation.key database redis
for node in gateway token store; do
  chown -R "$owner" "$nodes/$node"
done
# Their images have users of their own, and nobody else sees these volumes.
cp -- "$authority/postgres-password" "$authority/password"
give postgres 0444 password
give redis 0444 redis.conf
chmod 0755 "$nodes/postgres" "$nodes/redis"
