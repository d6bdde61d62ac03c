using Anlauf.Platform.Database;
using Anlauf.Rooms.Meetings.Review;

namespace Anlauf.Rooms.Demo;

/// <summary>Minutes of the demo association, written by us: two are accepted through the same way a person takes, the third waits for review.</summary>
internal static class DemoDocuments
{
    public static async Task BuildAsync(Db db, UploadDocument upload, AcceptDocument accept, CancellationToken ct)
    {
        var division = await db.ScalarAsync<int>("select id from organisation.division where slug = 'sachsen'", ct: ct);
        foreach (var (name, body) in new[] { ("01-landesparteitag-2026-09-12.md", "landesparteitag-sachsen"), ("02-landesvorstand-2026-11-06.md", "landesvorstand-sachsen"), ("03-landesvorstand-2026-11-17.md", null) })
        {
            var taken = await upload.HandleAsync(division, name[3..], Content(name), ct);
            if (!taken.Done) throw new InvalidOperationException($"{name}: {taken.Refusal!.Message}");
            if (body is null) continue;
            var bodyId = await db.ScalarAsync<int>("select id from organisation.body where slug = @body", new { body }, ct);
            var accepted = await accept.HandleAsync(new() { DocumentId = taken.Value!.DocumentId, BodyId = bodyId }, ct);
            if (!accepted.Done) throw new InvalidOperationException($"{name}: {accepted.Refusal!.Message}");
        }
        await db.ExecuteAsync("""
            update meetings.resolution set responsible = 'Landesgeschäftsführung', due = date '2027-09-30', state = 'underway', state_note = '6 von 10 Landkreisen erfüllt' where wording ilike '%Anlaufstellen%';
            update meetings.resolution set responsible = 'Landesgeschäftsführung', due = date '2027-04-08', state = 'underway' where wording ilike '%eigene Liste%';
            """, ct: ct);
    }

    private static byte[] Content(string name)
    {
        using var stream = typeof(DemoDocuments).Assembly.GetManifestResourceStream("Anlauf.Rooms.Demo.Documents." + name)
            ?? throw new InvalidOperationException($"embedded document {name} is missing");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
