-- One change of one cart. KEYS: the cart, and for a merge the guest's cart.
-- ARGV: 1 request id, 2 expected version or '', 3 seconds since 1970, 4 seconds to live, 5 most lines, 6 operation, 7... its arguments.
-- Fields of a cart: v version, t changed at, r recent request ids, o recent order ids, d destination, q:<sku> quantity, p:<sku> snapshot.
-- A request id that was seen changes nothing, so that a resend after a lost answer is harmless.
local cart, id, expected, now = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])
local op = ARGV[6]
local MAX_QUANTITY, REMEMBERED = 99, 32

local function seen(field, what)
  local list = redis.call('HGET', cart, field) or ''
  return string.find(list, '|' .. what .. '|', 1, true) ~= nil
end
local function remember(field, what)
  local list = redis.call('HGET', cart, field) or ''
  local kept, n = {}, 0
  for each in string.gmatch(list, '|([^|]+)') do kept[#kept + 1] = each end
  kept[#kept + 1] = what
  local out = ''
  for i = math.max(1, #kept - REMEMBERED + 1), #kept do out = out .. '|' .. kept[i] .. '|' end
  redis.call('HSET', cart, field, out)
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
  else redis.call('HSET', cart, 'q:' .. sku, math.min(count, MAX_QUANTITY)) end
end
local function answer(status) return { status, redis.call('HGETALL', cart) } end

local version = redis.call('HGET', cart, 'v')
if seen('r', id) then return answer('ok') end
if expected ~= '' and expected ~= (version or '0') then return answer('stale') end

if op == 'add' then
  local sku, count = ARGV[7], tonumber(ARGV[8])
  if quantity(cart, sku) == 0 and #lines(cart) >= tonumber(ARGV[5]) then return answer('full') end
  put(sku, quantity(cart, sku) + count)
  redis.call('HSET', cart, 'p:' .. sku, ARGV[9])
elseif op == 'set' then
  if quantity(cart, ARGV[7]) == 0 then return answer('missing') end
  put(ARGV[7], tonumber(ARGV[8]))
  redis.call('HSET', cart, 'p:' .. ARGV[7], ARGV[9])
elseif op == 'remove' then
  if quantity(cart, ARGV[7]) == 0 then return answer('missing') end
  put(ARGV[7], 0)
elseif op == 'empty' then
  for _, sku in ipairs(lines(cart)) do put(sku, 0) end
elseif op == 'destination' then
  redis.call('HSET', cart, 'd', ARGV[7])
elseif op == 'merge' then
  local guest = KEYS[2]
  for i = 7, #ARGV, 2 do
    local sku, most = ARGV[i], tonumber(ARGV[i + 1])
    local both = math.min(quantity(cart, sku) + quantity(guest, sku), most)
    local room = quantity(cart, sku) > 0 or #lines(cart) < tonumber(ARGV[5])
    if both > 0 and quantity(guest, sku) > 0 and room then
      local snapshot = redis.call('HGET', guest, 'p:' .. sku)
      if snapshot then redis.call('HSET', cart, 'p:' .. sku, snapshot) end
      put(sku, both)
    end
  end
  for _, sku in ipairs(lines(guest)) do redis.call('HDEL', guest, 'q:' .. sku, 'p:' .. sku) end
  if redis.call('EXISTS', guest) == 1 then redis.call('HINCRBY', guest, 'v', 1) end
elseif op == 'ordered' then
  if not version or seen('o', ARGV[7]) then return answer('ok') end
  for i = 8, #ARGV, 2 do put(ARGV[i], quantity(cart, ARGV[i]) - tonumber(ARGV[i + 1])) end
  remember('o', ARGV[7])
end

-- A cart that expired and is filled again must not use a version twice: versions begin at the time.
if version then redis.call('HINCRBY', cart, 'v', 1) else redis.call('HSET', cart, 'v', now) end
redis.call('HSET', cart, 't', now)
remember('r', id)
redis.call('EXPIRE', cart, tonumber(ARGV[4]))
return answer('ok')
