using Anlauf.Elections;
using Anlauf.Platform.Database;
using Anlauf.Platform.Imports;
using Anlauf.Rooms.Territory.Maps;
using Anlauf.Rooms.Territory.Registers;

namespace Anlauf.Rooms.Territory;

/// <summary>
/// Takes over a directory of municipalities: GV100AD or the .xlsx extract of Destatis. Newer directories win, older ones only
/// add what is missing; municipalities that are no longer listed keep their key with a last day.
/// </summary>
public sealed class ImportMunicipalities(Db db, SchematicAreas schematic) : IFileImport
{
    /// <summary>Share of a state's municipalities that may be missing from a newer directory before it counts as incomplete; Thuringia lost 29 % in seven years.</summary>
    private const double PlausibleLoss = 0.4;

    /// <inheritdoc/>
    public string Kind => "municipalities";

    /// <inheritdoc/>
    public string Description => "Gemeindeverzeichnis von Destatis: GV100AD (.txt) oder Auszug (.xlsx)";

    /// <inheritdoc/>
    public async Task<ImportReport> RunAsync(string path, bool dryRun, CancellationToken ct)
    {
        await using var stream = File.OpenRead(path);
        var start = new byte[2];
        var isWorkbook = await stream.ReadAtLeastAsync(start, 2, throwOnEndOfStream: false, ct) == 2 && start is [(byte)'P', (byte)'K'];
        stream.Position = 0;
        var reading = isWorkbook ? RegisterExtractReader.Read(stream) : Gv100Reader.Read(stream);
        return reading is { IsClean: true, Contents: { } register } ? await HandleAsync(register, dryRun, ct) : ImportReport.Refused(reading.Problems);
    }

    /// <summary>Stores a directory that was read without problems.</summary>
    public Task<ImportReport> HandleAsync(MunicipalRegister register, bool dryRun = false, CancellationToken ct = default) => db.InTransactionAsync(async () =>
    {
        await StageAsync(register, ct);
        if (await IncompleteAsync(register, ct) is { Count: > 0 } missing) return ImportReport.Refused(missing);
        await db.ExecuteAsync(Areas, new { source = SourceId(register), line = register.Source, day = register.BoundariesOn }, ct);
        var counts = await db.SingleAsync<Counts>(Municipalities, new { source = SourceId(register), day = register.BoundariesOn, populationOn = register.PopulationOn }, ct);
        var ended = await db.ExecuteAsync(Endings, new { day = register.BoundariesOn }, ct);
        if (!dryRun) await schematic.DrawMissingAsync(ct);
        List<string> notes = ended == 0 ? [] : [$"{ended} Gemeinden stehen nicht mehr im Verzeichnis; ihre Schlüssel bleiben mit letztem Tag erhalten."];
        return new ImportReport(register.Municipalities.Count, counts!.Inserted, counts.Updated, register.Municipalities.Count - counts.Inserted - counts.Updated, [], dryRun, notes);
    }, ct);

    private sealed record Counts(int Inserted, int Updated);

    private static string SourceId(MunicipalRegister register) => $"gv-{register.BoundariesOn:yyyy-MM-dd}";

    private async Task StageAsync(MunicipalRegister register, CancellationToken ct)
    {
        await TemporaryTable.FillAsync(db, "new_area", "level smallint, key text, name text, kind integer",
            [.. register.States, .. register.Districts, .. register.Associations],
            a => [(short)(a.Key.Length switch { 2 => 1, 5 => 2, _ => 3 }), a.Key, a.Name, a.Kind], ct);
        await TemporaryTable.FillAsync(db, "new_municipality",
            "ags text, ars text, name text, kind integer, area_km2 numeric, population integer, postal_code text, longitude double precision, latitude double precision, urbanisation smallint",
            register.Municipalities,
            m => [m.Ags, m.Ars, m.Name, m.Kind, m.AreaKm2, m.Population, m.PostalCode, m.Longitude, m.Latitude, (short?)m.Urbanisation], ct);
    }

    private async Task<List<ImportProblem>> IncompleteAsync(MunicipalRegister register, CancellationToken ct)
    {
        var missing = await db.QueryAsync<(string Name, int Known, int Missing)>("""
            select s.name, count(*)::int, (count(*) filter (where n.ags is null))::int
            from territory.state s join territory.municipality m on m.state_key = s.key and m.valid_to is null left join new_municipality n using (ags)
            where s.register_on < @day and exists (select from new_area a where a.level = 1 and a.key = s.key)
            group by s.name
            """, new { day = register.BoundariesOn }, ct);
        return [.. missing.Where(m => m.Missing > m.Known * PlausibleLoss).Select(m => ImportProblem.OfFile(
            $"Von {m.Known} Gemeinden in {m.Name} fehlen {m.Missing} im neuen Verzeichnis. Die Datei ist vermutlich unvollständig; bitte laden Sie sie noch einmal von der Quelle."))];
    }

    private const string Areas = """
        insert into territory.source (id, line, vintage) values (@source, @line, @day) on conflict (id) do update set line = excluded.line, imported_at = now();
        insert into territory.state (key, name, register_on) select key, name, @day from new_area where level = 1
          on conflict (key) do update set name = excluded.name, register_on = excluded.register_on where state.register_on <= excluded.register_on;
        -- a kind that was given by hand (is_city) stays
        insert into territory.district (key, state_key, name, kind, is_city) select key, left(key, 2), name, kind, kind in (41, 42) from new_area where level = 2
          on conflict (key) do update set name = excluded.name, kind = excluded.kind
          where (select register_on from territory.state s where s.key = district.state_key) <= @day;
        insert into territory.association (key, district_key, name, kind)
          select a.key, d.key, a.name, a.kind from new_area a left join territory.district d on d.key = left(a.key, 5) where level = 3
          on conflict (key) do update set name = excluded.name, kind = excluded.kind
          where (select register_on from territory.state s where s.key = left(association.key, 2)) <= @day;
        """;

    // the directories name no population day, no centre and no urbanisation in every format: what is known stays
    private const string Municipalities = """
        with stored as (
          insert into territory.municipality as m (ags, ars, name, kind, state_key, district_key, association_key, population, population_on, area_km2,
            postal_code, longitude, latitude, urbanisation, valid_from, valid_to, register_on, source_id)
          select n.ags, n.ars, n.name, n.kind, left(n.ags, 2), d.key, left(n.ars, 9), n.population, @populationOn, n.area_km2,
            n.postal_code, n.longitude, n.latitude, n.urbanisation,
            (select max(c.effective_on) from territory.key_change c where c.new_ags = n.ags and c.kind in (1, 3) and c.effective_on <= @day
              and exists (select from territory.municipality o where o.state_key = left(n.ags, 2) and o.register_on < c.effective_on)),
            coalesce((select min(c.effective_on) - 1 from territory.key_change c where c.old_ags = n.ags and c.kind in (1, 3) and c.new_ags <> n.ags and c.effective_on > @day),
              case when s.register_on > @day then s.register_on end),
            @day, @source
          from new_municipality n join territory.state s on s.key = left(n.ags, 2) left join territory.district d on d.key = left(n.ags, 5)
          on conflict (ags) do update set ars = excluded.ars, name = excluded.name, kind = excluded.kind, district_key = excluded.district_key,
            association_key = excluded.association_key, population = excluded.population, population_on = excluded.population_on, area_km2 = excluded.area_km2,
            postal_code = excluded.postal_code, longitude = coalesce(excluded.longitude, m.longitude), latitude = coalesce(excluded.latitude, m.latitude),
            urbanisation = coalesce(excluded.urbanisation, m.urbanisation), 
            valid_to = case when excluded.valid_to is not null then coalesce(m.valid_to, excluded.valid_to) end, register_on = excluded.register_on, source_id = excluded.source_id
          where m.register_on <= excluded.register_on
            and (m.ars, m.name, m.kind, m.population, m.population_on, m.area_km2, m.postal_code, m.longitude, m.latitude, m.urbanisation, m.valid_to is null, m.register_on)
              is distinct from (excluded.ars, excluded.name, excluded.kind, excluded.population, excluded.population_on, excluded.area_km2, excluded.postal_code,
                coalesce(excluded.longitude, m.longitude), coalesce(excluded.latitude, m.latitude), coalesce(excluded.urbanisation, m.urbanisation), excluded.valid_to is null, excluded.register_on)
          returning (m.xmax = 0) as is_new
        )
        select (count(*) filter (where is_new))::int as inserted, (count(*) filter (where not is_new))::int as updated from stored
        """;

    private const string Endings = """
        update territory.municipality m set valid_to = coalesce(
          (select min(c.effective_on) - 1 from territory.key_change c where c.old_ags = m.ags and c.kind in (1, 3) and c.new_ags <> m.ags and c.effective_on <= @day), @day)
        where m.valid_to is null and m.register_on < @day
          and exists (select from new_area a where a.level = 1 and a.key = m.state_key) and not exists (select from new_municipality n where n.ags = m.ags)
        """;
}
