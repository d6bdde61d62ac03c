using System.CommandLine;
using System.Globalization;
using System.Text;
using Anlauf.Elections;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Territory.Registers;

namespace Anlauf.Rooms.Territory.Facts;

/// <summary>
/// The table of plain facts that comes with the program, so that it has real territory from the first start: areas of Saxony and
/// Saxony-Anhalt and their key changes since 2016. Made by <c>anlauf territory-facts</c> from the extract of Destatis.
/// </summary>
public sealed class TerritoryFacts(Db db, ImportMunicipalities municipalities, ImportKeyChanges changes)
{
    private const string Columns = "key,ars,name,kind,area_km2,population,postal_code,longitude,latitude,urbanisation";

    /// <summary>Stores the facts where no state is known yet. Does nothing on an installation that has a directory.</summary>
    public async Task EnsureAsync(CancellationToken ct = default)
    {
        if (await db.ScalarAsync<bool>("select exists (select from territory.state)", ct: ct)) return;
        await using var keys = Open("key_changes_sn_st.csv");
        await changes.HandleAsync(Clean(KeyChangeReader.Read(keys)), ct: ct);
        await municipalities.HandleAsync(Clean(Read())!, ct: ct);
    }

    /// <summary>The compiled-in register.</summary>
    internal static Reading<MunicipalRegister?> Read()
    {
        using var stream = Open("gemeinden_sn_st.csv");
        var text = OfficialText.Read(stream);
        var register = new RegisterBuilder { BoundariesOn = Day(text, "Gebietsstand "), PopulationOn = Day(text, "Bevölkerung ") };
        foreach (var row in CsvTable.Read(text).Rows)
        {
            var kind = int.Parse(row["kind"], CultureInfo.InvariantCulture);
            switch (row["key"].Length)
            {
                case 2: register.State(row["key"], row["name"], row.Line); break;
                case 5: register.District(row["key"], row["name"], kind, row.Line); break;
                case 9: register.Association(row["key"], row["name"], kind, row.Line); break;
                default:
                    register.Municipality(new MunicipalityFields(row["key"], row["ars"], row["name"], kind, row["area_km2"], row["population"],
                        row["postal_code"], row["longitude"], row["latitude"], row["urbanisation"]), row.Line);
                    break;
            }
        }
        return register.Finish("© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis");
    }

    /// <summary>The table for the states named, from a register.</summary>
    internal static string Write(MunicipalRegister register, IReadOnlyList<string> states)
    {
        bool Wanted(string key) => states.Contains(key[..2]);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
            # Plain facts, made with: anlauf territory-facts FILE {string.Join(' ', states)}
            # Source: © Statistisches Bundesamt (Destatis), Gemeindeverzeichnis; reproduction and distribution, also in part, permitted with source.
            # Gebietsstand {register.BoundariesOn:yyyy-MM-dd}
            # Bevölkerung {register.PopulationOn:yyyy-MM-dd}
            {Columns}

            """);
        foreach (var area in register.States.Concat(register.Districts).Concat(register.Associations).Where(a => Wanted(a.Key)))
            text.Append(CultureInfo.InvariantCulture, $"{area.Key},,{Quoted(area.Name)},{area.Kind},,,,,,\n");
        foreach (var m in register.Municipalities.Where(m => Wanted(m.Ags)))
            text.Append(CultureInfo.InvariantCulture, $"{m.Ags},{m.Ars},{Quoted(m.Name)},{m.Kind},{m.AreaKm2},{m.Population},{m.PostalCode},{m.Longitude},{m.Latitude},{m.Urbanisation}\n");
        return text.ToString();
    }

    internal static Command BuildCommand()
    {
        var file = new Argument<string>("FILE") { Description = "Auszug aus dem Gemeindeverzeichnis (.xlsx)" };
        var states = new Argument<string[]>("STATE") { Description = "Schlüssel der Länder", Arity = ArgumentArity.OneOrMore };
        var command = new Command("territory-facts", "Schreibt die mitgelieferte Tabelle der Gebiete aus dem amtlichen Auszug") { file, states };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            using var stream = File.OpenRead(parsed.GetValue(file)!);
            var reading = RegisterExtractReader.Read(stream);
            foreach (var problem in reading.Problems) Console.Error.WriteLine(problem);
            if (!reading.IsClean) return 2;
            Console.Write(Write(reading.Contents!, parsed.GetValue(states)!));
            return 0;
        });
        return command;
    }

    private static string Quoted(string name) => name.Contains(',', StringComparison.Ordinal) ? $"\"{name}\"" : name;

    private static DateOnly? Day(string text, string label) =>
        text.IndexOf("# " + label, StringComparison.Ordinal) is >= 0 and var at
        && DateOnly.TryParseExact(text.AsSpan(at + 2 + label.Length, 10), "yyyy-MM-dd", out var day) ? day : null;

    private static T Clean<T>(Reading<T> reading) =>
        reading.IsClean ? reading.Contents : throw new InvalidOperationException($"the compiled-in table is broken: {reading.Problems[0]}");

    private static Stream Open(string name) =>
        typeof(TerritoryFacts).Assembly.GetManifestResourceStream($"Anlauf.Rooms.Territory.Facts.{name}") ?? throw new InvalidOperationException($"{name} is not compiled in");
}
