using System.CommandLine;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Territory;

/// <summary><c>anlauf district KEY --city true|false</c>: whether a district counts as a city of its own, against the directory if need be (A18).</summary>
internal static class DistrictCommand
{
    public static Command Build()
    {
        var key = new Argument<string>("KEY") { Description = "Schlüssel des Kreises, fünf Ziffern" };
        var city = new Option<bool>("--city") { Description = "true: zählt als kreisfreie Stadt; false: als Landkreis", Required = true };
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var command = new Command("district", "Legt fest, ob ein Kreis als kreisfreie Stadt oder als Landkreis zählt") { key, city, data };
        command.SetAction((parsed, ct) => Shell.RunAsSystemAsync(parsed.GetValue(data), Opening.Existing, async services =>
        {
            var (named, isCity) = (parsed.GetValue(key)!, parsed.GetValue(city));
            if (!await services.GetRequiredService<TerritoryDirectory>().SetDistrictIsCityAsync(named, isCity, ct))
                return await Shell.RefuseAsync($"Einen Kreis „{named}“ gibt es nicht. Der Schlüssel hat fünf Ziffern, zum Beispiel 14511 für Chemnitz.");
            Console.WriteLine($"{named} zählt jetzt als {(isCity ? "kreisfreie Stadt" : "Landkreis")}");
            return 0;
        }, ct));
        return command;
    }
}
