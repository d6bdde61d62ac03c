namespace Anlauf.Rooms.Organisation;

/// <summary>German words for the kinds of divisions and bodies, in the order in which they are offered.</summary>
internal static class Words
{
    public static (string Value, string Text)[] DivisionKinds { get; } =
    [
        ("DistrictAssociation", "Kreisverband"), ("CityAssociation", "Stadtverband"), ("LocalAssociation", "Ortsverband"),
        ("GrassrootsGroup", "Basisgruppe"), ("YouthOrganization", "Jugendverband"), ("StateAssociation", "Landesverband"),
    ];

    public static (string Value, string Text)[] BodyKinds { get; } =
    [
        ("Board", "Vorstand"), ("ExecutiveBoard", "Geschäftsführender Vorstand"), ("StateBoard", "Landesvorstand"),
        ("StateConvention", "Landesparteitag"), ("DistrictConvention", "Kreisparteitag"), ("GeneralAssembly", "Mitgliederversammlung"), ("StateCouncil", "Landesrat"),
        ("PolicyCommission", "Kommission"), ("ArbitrationCommission", "Schiedskommission"), ("AuditCommission", "Finanzrevision"),
        ("WorkingParty", "Arbeitsgruppe"), ("StateWorkingGroup", "Landesarbeitsgemeinschaft"), ("StatewideCaucus", "Landesweiter Zusammenschluss"),
        ("ParliamentaryGroup", "Fraktion"), ("CampaignCouncil", "Kampagnenrat"),
    ];

    public static string Division(string kind) => DivisionKinds.FirstOrDefault(k => k.Value == kind).Text ?? kind;
    public static string Body(string kind) => BodyKinds.FirstOrDefault(k => k.Value == kind).Text ?? kind;

    /// <summary>Size rule of a body in words, or null where it has none.</summary>
    public static string? Size(int? minimum, int? maximum) => (minimum, maximum) switch
    {
        (null, null) => null,
        ({ } least, null) => $"mindestens {least}",
        (null, { } most) => $"höchstens {most}",
        var (least, most) => least == most ? $"genau {least}" : $"{least} bis {most}",
    };

    /// <summary>„ein Amt ist frei“, „1.204 Ämter sind frei“: <paramref name="one"/> is the whole phrase for one.</summary>
    public static string Count(int n, string one, string many) => n == 1 ? one : n.ToString("N0", System.Globalization.CultureInfo.GetCultureInfo("de-DE")) + " " + many;

    /// <summary>The text with a capital first letter.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
