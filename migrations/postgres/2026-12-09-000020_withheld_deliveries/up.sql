-- The moment at which somebody writes in a retro or takes a place in a walk could tell who; earlier versions noted it here.
DELETE FROM webhook_deliveries WHERE kind IN ('retro.updated', 'walk.updated');
