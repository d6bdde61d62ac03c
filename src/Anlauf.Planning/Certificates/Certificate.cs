using System.Text.Json;
using System.Text.Json.Serialization;
using Anlauf.Planning.Instances;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// What a checker needs besides the problem to verify a result: the plan and the data of the proof
/// (multipliers, tree, list of columns). Each family derives its own record.
/// </summary>
public abstract record Certificate
{
    /// <summary>Name of the checker; also says how to read the JSON.</summary>
    [JsonPropertyOrder(-3)]
    public abstract string Family { get; }

    /// <summary>Name of the problem.</summary>
    [JsonPropertyOrder(-2)]
    public required string Instance { get; init; }

    /// <summary>Where the problem was read; none for a problem held in memory.</summary>
    [JsonPropertyOrder(-1)]
    public ProblemReference? Problem { get; init; }

    /// <summary>Claimed value of the plan, or none.</summary>
    public decimal? Objective { get; init; }

    /// <summary>Claimed bound, or none.</summary>
    public decimal? Bound { get; init; }

    /// <summary>Claimed status.</summary>
    public required PlanStatus Status { get; init; }
}

/// <summary>Reads and writes certificates.</summary>
public static class CertificateJson
{
    /// <summary>Settings shared by everything the library prints: camelCase, no null values, enums as words.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        // what a proof does not use has no place in it
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The certificate as one JSON object.</summary>
    public static string Write(Certificate certificate) =>
        JsonSerializer.Serialize(certificate, certificate.GetType(), Options);

    /// <summary>Reads one certificate or an array of them.</summary>
    /// <param name="json">text of the file</param>
    /// <param name="name">name of the file for messages</param>
    /// <exception cref="PlanInputException">not JSON, unknown family or missing fields</exception>
    public static IReadOnlyList<Certificate> Read(string json, string name)
    {
        try
        {
            var root = JsonText.Parse(json, name);
            // nothing to check is not the same as checked
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 0)
                throw new PlanInputException(name, null, null, "Die Datei enthält keinen Nachweis. Bitte mit mehr Zeit neu rechnen.");
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(e => ReadOne(e, name))] : [ReadOne(root, name)];
        }
        catch (JsonException exception)
        {
            throw new PlanInputException(name, (int?)exception.LineNumber + 1, exception.Path,
                "Das ist kein lesbarer Nachweis. Bitte die Datei mit „anlauf plan … --certificate“ neu erzeugen.");
        }
    }

    private static Certificate ReadOne(JsonElement element, string name)
    {
        var family = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("family", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var checker = CertificateChecker.Find(family)
            ?? throw new PlanInputException(name, null, "family", $"Für die Familie „{family}“ gibt es keinen Prüfer.");
        JsonInput.RefuseGaps(element, "", name);
        return (Certificate)element.Deserialize(checker.CertificateType, Options)!;
    }
}
