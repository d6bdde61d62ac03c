using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation;

/// <summary>Rights in plain words: what a role may, and what the acting person may and why. Read from the same rows that decide.</summary>
public sealed class RightsRegister(Db db)
{
    public sealed record Right(string Role, string RoleName, string Feature, string Action, string DataClass, string DataClassName, string Reach);
    public sealed record Own(string Office, string Division, DateOnly ValidFrom, DateOnly? ValidTo, string? DeputyFor, string Feature, string Action, string DataClass, string Reach);

    public Task<IReadOnlyList<Right>> RolesAsync(CancellationToken ct = default) => db.QueryAsync<Right>("""
        select r.id as role, r.name as role_name, x.feature, x.action, x.data_class, c.name as data_class_name, x.reach
        from access.role r join access.role_right x on x.role_id = r.id join access.data_class c on c.id = x.data_class order by r.name collate "de-x-icu", x.action, x.data_class, x.reach, x.feature
        """, ct: ct);

    /// <summary>Rights of the acting person with the office they come from; <see cref="Own.DeputyFor"/> names whom they stand in for.</summary>
    public Task<IReadOnlyList<Own>> OwnAsync(CancellationToken ct = default) => db.QueryAsync<Own>("""
        select office, division, valid_from, valid_to, nullif(deputy_for, '') as deputy_for, feature, action, data_class, reach from access.my_rights_and_why()
        """, ct: ct);

    /// <summary>One sentence for rights of the same action, data class and reach: „Liest Sitzungen und Ziele im eigenen Verband und in allen darunter“.</summary>
    public static string Sentence(string action, string dataClass, string reach, IEnumerable<string> features)
    {
        var what = features.Select(Feature).Distinct().ToList();
        var list = what.Count > 1 ? string.Join(", ", what[..^1]) + " und " + what[^1] : what[0];
        var where = reach switch { "own" => "im eigenen Verband", "subtree" => "im eigenen Verband und in allen darunter", _ => "in allen Verbänden darüber" };
        var verb = action switch { "read" => "Liest", "edit" => "Bearbeitet", "export" => "Exportiert", _ => "Verwaltet" };
        return $"{verb} {list}{(dataClass is "P1" or "P8" ? "" : dataClass == "P2" ? " mit Kontaktdaten" : dataClass == "P7" ? ", auch Vertrauliches," : $" ({dataClass})")} {where}.";
    }

    private static string Feature(string id) => id switch
    {
        "situation" => "Lage und Aufträge",
        "goals" => "Ziele",
        "meetings" => "Sitzungen",
        "intake" => "eingelesene Dokumente",
        "resolutions" => "Beschlüsse",
        "presence" => "Anlaufstellen",
        "organisation" => "Gliederungen und Ämter",
        "territory" => "Gebiete",
        "people" => "Personen",
        "person-detail" => "Geburtstag und Anschrift",
        "dues" => "Beiträge und Bankverbindungen",
        "audit" => "das Protokoll",
        "privacy" => "Anfragen zum Datenschutz",
        "erasure" => "Löschungen als zweite Person",
        _ => id,
    };
}
