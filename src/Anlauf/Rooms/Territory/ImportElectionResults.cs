using Anlauf.Elections;
using Anlauf.Elections.Results;
using Anlauf.Platform.Database;
using Anlauf.Platform.Imports;

namespace Anlauf.Rooms.Territory;

/// <summary>Takes over official results by municipality. A new edition of the same election replaces the old one where it differs.</summary>
public sealed class ImportElectionResults(Db db) : IFileImport
{
    private static readonly Func<Stream, Reading<ElectionFile?>>[] Readers = [SaxonMunicipalElection.Read, SaxonStateElection.Read, SaxonyAnhaltMunicipalElection.Read];

    /// <inheritdoc/>
    public string Kind => "elections";

    /// <inheritdoc/>
    public string Description => "Amtliche Wahlergebnisse (.xlsx): Gemeinderat und Landtag Sachsen, Gemeinderat Sachsen-Anhalt 2019";

    /// <inheritdoc/>
    public async Task<ImportReport> RunAsync(string path, bool dryRun, CancellationToken ct)
    {
        await using var stream = File.OpenRead(path);
        var reading = Read(stream);
        return reading is { IsClean: true, Contents: { } election } ? await HandleAsync(election, dryRun, ct) : ImportReport.Refused(reading.Problems);
    }

    /// <summary>Tries the known tables; a file that none of them knows is refused with one sentence.</summary>
    internal static Reading<ElectionFile?> Read(Stream stream)
    {
        Reading<ElectionFile?>? first = null;
        foreach (var read in Readers)
        {
            stream.Position = 0;
            var reading = read(stream);
            // contents with problems mean: right table, wrong values
            if (reading.Contents is not null) return reading;
            if (reading.Problems.Any(p => p.Line > 0)) return reading;
            first ??= reading;
        }
        return new(null, first!.Problems is [{ Message: var message }] && message.Contains("keine bekannte", StringComparison.Ordinal)
            ? [ImportProblem.OfFile("Das ist keine bekannte Ergebnistabelle. Gelesen werden die unveränderten .xlsx der Gemeinderats- und Landtagswahlen in Sachsen und der Gemeinderatswahlen in Sachsen-Anhalt.")]
            : first.Problems);
    }

    /// <summary>Stores a result that was read without problems.</summary>
    public Task<ImportReport> HandleAsync(ElectionFile election, bool dryRun = false, CancellationToken ct = default) => db.InTransactionAsync(async () =>
    {
        await db.ExecuteAsync("""
            insert into territory.source (id, line, vintage) values (@Id, @Source, @Day) on conflict (id) do update set line = excluded.line;
            insert into territory.election (id, title, kind, state_key, day, source_id) values (@Id, @Title, @Kind, @State, @Day, @Id)
              on conflict (id) do update set title = excluded.title, day = excluded.day
            """, new { election.Id, election.Source, election.Day, election.Title, Kind = election.Kind.ToString(), election.State }, ct);
        await TemporaryTable.FillAsync(db, "new_result", "ags text, name text, eligible integer, voters integer, valid_votes bigint", election.Municipalities,
            m => [m.Ags, m.Name, m.Eligible, m.Voters, m.ValidVotes], ct);
        await TemporaryTable.FillAsync(db, "new_list", "ags text, list text, position smallint, votes bigint, seats integer",
            election.Municipalities.SelectMany(m => m.Lists.Select((l, i) => (m.Ags, List: l, Position: (short)i))),
            r => [r.Ags, r.List.List, r.Position, r.List.Votes, r.List.Seats], ct);
        var (inserted, updated) = await db.SingleAsync<(int, int)>(Store, new { election.Id }, ct);
        return new ImportReport(election.Municipalities.Count, inserted, updated, election.Municipalities.Count - inserted - updated, [], dryRun);
    }, ct);

    // a municipality counts as updated when its own row or any of its lists differs
    private const string Store = """
        create temporary table differing on commit drop as
          select n.ags, r.ags is null as is_new from new_result n left join territory.result r on r.election_id = @Id and r.ags = n.ags
          where r.ags is null or (r.name, r.eligible, r.voters, r.valid_votes) is distinct from (n.name, n.eligible, n.voters, n.valid_votes)
            or exists (select list, votes, seats from new_list l where l.ags = n.ags
                       except select list, votes, seats from territory.list_result o where o.election_id = @Id and o.ags = n.ags);
        delete from territory.result r using differing d where r.election_id = @Id and r.ags = d.ags;
        insert into territory.result select @Id, ags, name, eligible, voters, valid_votes from new_result join differing using (ags);
        insert into territory.list_result select @Id, ags, list, position, votes is not null, votes, seats from new_list join differing using (ags);
        select (count(*) filter (where is_new))::int, (count(*) filter (where not is_new))::int from differing
        """;
}
