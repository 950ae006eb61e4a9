-- The ledger's two statements (hashiramart/book.py). As functions they are one round trip each, planned once a session.
-- They act with their caller's rights, bound to one slayer: row-level security holds inside as outside.

CREATE FUNCTION open_book(
  who uuid, ids text[], wants_logins boolean, wants_trainings boolean, wants_battles boolean,
  since timestamptz, until timestamptz, wanted uuid[]
) RETURNS TABLE (
  version int, nichirin_points int, rank text, battles_won int, weapon_types text[], minutes_trained int,
  streak int, best_streak int, last_login_day date,
  moved_at timestamptz[], zones text[], feats text[], earlier jsonb, login_days date[],
  training_ends timestamptz[], training_minutes int[], battle_moments timestamptz[], battle_days date[], weapons jsonb
) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('hashira.slayer', who::text, true);
  RETURN QUERY SELECT
    g.version, g.nichirin_points, g.rank, g.battles_won, g.weapon_types, g.minutes_trained,
    g.streak, g.best_streak, g.last_login_day,
    z.moments, z.names,
    (SELECT array_agg(a.feat) FROM achievements a WHERE a.slayer_id = who),
    (SELECT jsonb_object_agg(e.event_id, jsonb_build_array(e.fingerprint, e.answer))
      FROM events e WHERE e.slayer_id = who AND e.event_id = ANY (ids)),
    CASE WHEN wants_logins THEN
      (SELECT array_agg(DISTINCT e.local_day) FROM events e WHERE e.slayer_id = who AND e.type = 'login') END,
    t.ends, t.minutes, b.moments, b.days,
    CASE WHEN cardinality(wanted) > 0 THEN
      (SELECT jsonb_object_agg(w.id, jsonb_build_array(w.weapon_type, h.terms IS NOT NULL)) FROM weapons w
        LEFT JOIN holdings h ON h.weapon_id = w.id AND h.slayer_id = who WHERE w.id = ANY (wanted)) END
  FROM gamification g
  CROSS JOIN LATERAL (
    SELECT array_agg(s.since ORDER BY s.since) AS moments, array_agg(s.timezone ORDER BY s.since) AS names
    FROM slayer_zones s WHERE s.slayer_id = who
  ) z
  CROSS JOIN LATERAL (
    SELECT array_agg(e.occurred_at) AS ends, array_agg(e.minutes) AS minutes FROM events e
    WHERE wants_trainings AND e.slayer_id = who AND e.type = 'training' AND e.occurred_at BETWEEN since AND until
  ) t
  CROSS JOIN LATERAL (
    SELECT array_agg(e.occurred_at) AS moments, array_agg(e.local_day) AS days FROM events e
    WHERE wants_battles AND e.slayer_id = who AND e.type = 'battle' AND e.occurred_at BETWEEN since AND until
  ) b
  WHERE g.slayer_id = who;
END $$;

-- False, and nothing written, when somebody else wrote since the book was opened.
CREATE FUNCTION write_book(who uuid, opened int, totals jsonb, entries jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('hashira.slayer', who::text, true);
  UPDATE gamification g SET
    version = g.version + 1, nichirin_points = t.nichirin_points, rank = t.rank, battles_won = t.battles_won,
    weapon_types = t.weapon_types, minutes_trained = t.minutes_trained, streak = t.streak,
    best_streak = t.best_streak, last_login_day = t.last_login_day
  FROM jsonb_to_record(totals) AS t(
    nichirin_points int, rank text, battles_won int, weapon_types text[], minutes_trained int,
    streak int, best_streak int, last_login_day date
  )
  WHERE g.slayer_id = who AND g.version = opened;
  IF NOT FOUND THEN
    RETURN false;
  END IF;

  INSERT INTO events
    (slayer_id, event_id, type, fingerprint, minutes, points, local_day, occurred_at, recorded_at, answer)
  SELECT who, e.event_id, e.type, e.fingerprint, e.minutes, e.points, e.local_day, e.occurred_at, e.recorded_at, e.answer
  FROM jsonb_to_recordset(entries) AS e(
    event_id text, type text, fingerprint text, minutes int, points int, local_day date,
    occurred_at timestamptz, recorded_at timestamptz, answer jsonb
  );
  INSERT INTO points_ledger (slayer_id, event_id, points, balance, reason, recorded_at)
  SELECT who, e.event_id, e.points, e.balance, e.reason, e.recorded_at
  FROM ROWS FROM (jsonb_to_recordset(entries) AS (
    event_id text, points int, balance int, reason text, recorded_at timestamptz
  )) WITH ORDINALITY AS e(event_id, points, balance, reason, recorded_at, place)
  WHERE e.points <> 0 ORDER BY e.place;
  INSERT INTO interactions
    (slayer_id, weapon_id, event_id, success, level, strength, dexterity, stamina, breathing_style, occurred_at)
  SELECT who, e.weapon_id, e.event_id, e.success, s.level, s.strength, s.dexterity, s.stamina, s.breathing_style, e.occurred_at
  FROM jsonb_to_recordset(entries) AS e(weapon_id uuid, event_id text, success boolean, occurred_at timestamptz)
  JOIN slayers s ON s.id = who
  WHERE e.weapon_id IS NOT NULL;
  INSERT INTO achievements (slayer_id, feat, event_id, earned_at)
  SELECT who, f.feat, e.event_id, e.recorded_at
  FROM jsonb_to_recordset(entries) AS e(event_id text, recorded_at timestamptz, feats jsonb)
  CROSS JOIN LATERAL jsonb_array_elements_text(e.feats) AS f(feat);
  RETURN true;
END $$;
