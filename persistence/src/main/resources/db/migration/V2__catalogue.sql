-- The catalogue every site starts with. Codes: LOINC, and IEEE 11073-10101 (MDC) where one exists; units: UCUM.
-- The limits are defaults for adults (or for storage) that a hospital reviews: docs/clinical-rules.md.

insert into variable (code, name, unit, loinc, mdc, plausible_low, plausible_high) values
    ('heart-rate',         'Heart rate',                          '/min',   '8867-4', 147842,   0, 350),
    ('respiratory-rate',   'Respiratory rate',                    '/min',   '9279-1', 151562,   0, 150),
    ('oxygen-saturation',  'Oxygen saturation',                   '%',      '2708-6', 150456,   0, 100),
    ('body-temperature',   'Body temperature',                    'Cel',    '8310-5', 150364,  10,  45),
    ('nibp-systolic',      'Systolic pressure, non-invasive',     'mm[Hg]', '8480-6', 150021,   0, 350),
    ('nibp-diastolic',     'Diastolic pressure, non-invasive',    'mm[Hg]', '8462-4', 150022,   0, 300),
    ('nibp-mean',          'Mean pressure, non-invasive',         'mm[Hg]', '8478-0', 150023,   0, 350),
    ('abp-systolic',       'Systolic pressure, arterial',         'mm[Hg]', '8480-6', 150033,   0, 350),
    ('abp-diastolic',      'Diastolic pressure, arterial',        'mm[Hg]', '8462-4', 150034,   0, 300),
    ('abp-mean',           'Mean pressure, arterial',             'mm[Hg]', '8478-0', 150035,   0, 350),
    ('room-temperature',   'Room temperature',                    'Cel',    null,     null,   -50,  80),
    ('fridge-temperature', 'Fridge temperature',                  'Cel',    null,     null,   -50,  60);

insert into limits (variable_id, medium_low, medium_high, high_low, high_high)
select v.id, d.medium_low, d.medium_high, d.high_low, d.high_high
from (values
    ('heart-rate',           50,  120,   40,  150),
    ('respiratory-rate',      9,   24,    6,   30),
    ('oxygen-saturation',    92, null,   88, null),
    ('body-temperature',   35.5, 38.5,   34,   40),
    ('nibp-systolic',        90,  180,   80,  200),
    ('nibp-diastolic',       45,  105,   35,  120),
    ('nibp-mean',            60,  120,   50,  140),
    ('abp-systolic',         90,  180,   80,  200),
    ('abp-diastolic',        45,  105,   35,  120),
    ('abp-mean',             60,  120,   50,  140),
    ('room-temperature',     18,   26,   15,   30),
    ('fridge-temperature',    2,    8,    0,   10)
) as d (code, medium_low, medium_high, high_low, high_high)
join variable v using (code);
