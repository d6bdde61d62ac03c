using Anlauf.Elections;

namespace Anlauf.Rooms.Territory.Registers;

/// <summary>The contents of an official directory of municipalities (Gemeindeverzeichnis), whatever its file format.</summary>
/// <param name="Source">Source line to be shown with every figure taken from it.</param>
/// <param name="BoundariesOn">Day whose boundaries and keys the directory describes.</param>
/// <param name="PopulationOn">Day the population figures refer to; null where the file does not say.</param>
public sealed record MunicipalRegister(
    string Source, DateOnly BoundariesOn, DateOnly? PopulationOn,
    IReadOnlyList<AreaEntry> States, IReadOnlyList<AreaEntry> Districts, IReadOnlyList<AreaEntry> Associations,
    IReadOnlyList<MunicipalityEntry> Municipalities);

/// <summary>A state (key of 2 digits), district (5) or association (9 digits: district and association number).</summary>
/// <param name="Kind">Two-digit kind of the directory; 0 for states.</param>
/// <param name="Line">Line or row of the file.</param>
public sealed record AreaEntry(string Key, string Name, int Kind, int Line);

/// <summary>One municipality, or an area outside any municipality (kind 65 and 66).</summary>
/// <param name="Ags">Official municipality key, eight digits.</param>
/// <param name="Ars">Official regional key, twelve digits.</param>
/// <param name="Kind">Two-digit kind of the directory, see <see cref="RegisterKinds"/>.</param>
/// <param name="AreaKm2">Area in square kilometres.</param>
/// <param name="PostalCode">Postal code of the seat of the administration; null where there is none.</param>
/// <param name="Longitude">Degrees east of the official centre; null where the file has none.</param>
/// <param name="Latitude">Degrees north of the official centre; null where the file has none.</param>
/// <param name="Urbanisation">Degree of urbanisation: 1 dense, 2 intermediate, 3 sparse; null where the file has none.</param>
public sealed record MunicipalityEntry(
    string Ags, string Ars, string Name, int Kind, decimal AreaKm2, int Population, string? PostalCode,
    double? Longitude, double? Latitude, int? Urbanisation, int Line)
{
    /// <summary>Key of the association, nine digits.</summary>
    public string AssociationKey => Ars[..9];

    /// <summary>Key of the district, five digits.</summary>
    public string DistrictKey => Ags[..5];
}

/// <summary>The kinds of areas in the directory. Source: Destatis, GV100AD, record layout, Textkennzeichen.</summary>
public static class RegisterKinds
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [41] = "Kreisfreie Stadt",
        [42] = "Stadtkreis",
        [43] = "Kreis",
        [44] = "Landkreis",
        [45] = "Regionalverband",
        [50] = "Verbandsfreie Gemeinde",
        [51] = "Amt",
        [52] = "Samtgemeinde",
        [53] = "Verbandsgemeinde",
        [54] = "Verwaltungsgemeinschaft",
        [55] = "Kirchspielslandgemeinde",
        [56] = "Verwaltungsverband",
        [57] = "Verwaltungsgemeinschaft",
        [58] = "Erfüllende Gemeinde",
        [60] = "Markt",
        [61] = "Kreisfreie Stadt",
        [62] = "Stadtkreis",
        [63] = "Stadt",
        [64] = "Gemeinde",
        [65] = "Gemeindefreies Gebiet",
        [66] = "Gemeindefreies Gebiet, unbewohnt",
        [67] = "Große Kreisstadt",
        [68] = "Amtsangehörige Gemeinde",
    };

    /// <summary>German name of the kind, or „Art 99“ for one that is not known.</summary>
    public static string Name(int kind) => Names.TryGetValue(kind, out var name) ? name : $"Art {kind}";

    /// <summary>True for districts that are a single city (kreisfreie Stadt, Stadtkreis).</summary>
    public static bool IsCityDistrict(int districtKind) => districtKind is 41 or 42;

    /// <summary>True for forests, lakes and the like that belong to no municipality and elect no council.</summary>
    public static bool IsUnincorporated(int municipalityKind) => municipalityKind is 65 or 66;
}

/// <summary>Gathers problems; past a limit only their number matters.</summary>
internal sealed class ProblemList
{
    private const int Limit = 500;
    private readonly List<ImportProblem> problems = [];
    private int left;

    public void Add(int line, string field, string message)
    {
        if (problems.Count < Limit) problems.Add(new ImportProblem(line, field, message));
        else left++;
    }

    public IReadOnlyList<ImportProblem> All =>
        left == 0 ? problems : [.. problems, ImportProblem.OfFile($"Es gibt {left} weitere Fehler, die hier nicht einzeln stehen.")];
}
