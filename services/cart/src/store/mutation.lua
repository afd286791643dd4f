-- One change of one cart. KEYS: the cart, and for a merge the guest's cart.
-- ARGV: 1 request id, 2 digest of what it asks for, 3 expected version or '', 4 seconds since 1970, 5 seconds to live,
-- 6 most lines, 7 operation, 8... its arguments.
-- Fields of a cart: v version, t changed at, r recent requests, o recent order ids, d destination, q:<sku> quantity, p:<sku> snapshot.
-- A request that was seen changes nothing, so that a resend after a lost answer is harmless.
local cart, id, digest, expected, now = KEYS[1], ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local most_lines, op = tonumber(ARGV[6]), ARGV[7]
local MAX_QUANTITY, REMEMBERED = 99, 32
local capped = {}

local function seen(field, what)
  return string.find(redis.call('HGET', cart, field) or '', '|' .. what, 1, true) ~= nil
end
local function remember(field, what)
  local kept = {}
  for each in string.gmatch(redis.call('HGET', cart, field) or '', '|([^|]+)') do kept[#kept + 1] = each end
  kept[#kept + 1] = what
  local out = ''
  for i = math.max(1, #kept - REMEMBERED + 1), #kept do out = out .. '|' .. kept[i] end
  redis.call('HSET', cart, field, out .. '|')
end
local function quantity(key, sku) return tonumber(redis.call('HGET', key, 'q:' .. sku) or '0') end
local function lines(key)
  local found = {}
  for _, field in ipairs(redis.call('HKEYS', key)) do
    if string.sub(field, 1, 2) == 'q:' then found[#found + 1] = string.sub(field, 3) end
  end
  return found
end
local function put(sku, count)
  if count <= 0 then redis.call('HDEL', cart, 'q:' .. sku, 'p:' .. sku)
  else redis.call('HSET', cart, 'q:' .. sku, count) end
end
local function answer(status) return { status, redis.call('HGETALL', cart), capped } end

local version = redis.call('HGET', cart, 'v')
if seen('r', id .. '#' .. digest .. '|') then return answer('ok') end
if seen('r', id .. '#') then return answer('reused') end
if expected ~= '' and expected ~= (version or '0') then return answer('stale') end

if op == 'add' then
  local sku, count = ARGV[8], quantity(cart, ARGV[8]) + tonumber(ARGV[9])
  if quantity(cart, sku) == 0 and #lines(cart) >= most_lines then return answer('full') end
  if count > MAX_QUANTITY then return answer('many') end
  put(sku, count)
  redis.call('HSET', cart, 'p:' .. sku, ARGV[10])
elseif op == 'set' then
  if quantity(cart, ARGV[8]) == 0 then return answer('missing') end
  put(ARGV[8], tonumber(ARGV[9]))
  redis.call('HSET', cart, 'p:' .. ARGV[8], ARGV[10])
elseif op == 'remove' then
  if quantity(cart, ARGV[8]) == 0 then return answer('missing') end
  put(ARGV[8], 0)
elseif op == 'empty' then
  for _, sku in ipairs(lines(cart)) do put(sku, 0) end
elseif op == 'destination' then
  redis.call('HSET', cart, 'd', ARGV[8])
elseif op == 'merge' then
  local guest = KEYS[2]
  -- Only what the caller asked stock for: a line that came since stays with the guest.
  for i = 8, #ARGV, 2 do
    local sku, own, given = ARGV[i], quantity(cart, ARGV[i]), quantity(guest, ARGV[i])
    local room = own > 0 or #lines(cart) < most_lines
    local most = room and math.min(tonumber(ARGV[i + 1]), MAX_QUANTITY) or 0
    local both = math.max(own, math.min(own + given, most))
    if both < own + given then capped[#capped + 1] = sku end
    if both > own then
      local snapshot = redis.call('HGET', guest, 'p:' .. sku)
      if own == 0 and snapshot then redis.call('HSET', cart, 'p:' .. sku, snapshot) end
      put(sku, both)
    end
    redis.call('HDEL', guest, 'q:' .. sku, 'p:' .. sku)
  end
  local destination = redis.call('HGET', guest, 'd')
  if destination then redis.call('HSETNX', cart, 'd', destination) end
  if redis.call('EXISTS', guest) == 1 then redis.call('HINCRBY', guest, 'v', 1) end
elseif op == 'ordered' then
  if not version or seen('o', ARGV[8] .. '|') then return answer('ok') end
  for i = 9, #ARGV, 2 do put(ARGV[i], quantity(cart, ARGV[i]) - tonumber(ARGV[i + 1])) end
  remember('o', ARGV[8])
end

-- A cart that expired and is filled again must not use a version twice: versions begin at the time.
if version then redis.call('HINCRBY', cart, 'v', 1) else redis.call('HSET', cart, 'v', now) end
redis.call('HSET', cart, 't', now)
if op ~= 'ordered' then
  remember('r', id .. '#' .. digest)
  redis.call('EXPIRE', cart, tonumber(ARGV[5]))
end
return answer('ok')
