using Anlauf.Rooms.Territory.Boundaries;
using Anlauf.Rooms.Territory.Facts;
using Anlauf.Rooms.Territory.Maps;
using Anlauf.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Territory;

/// <summary>Real boundaries: formats, old keys, thinning without gaps.</summary>
public sealed class BoundaryTests(TestDatabase database) : TerritoryTest(database), IClassFixture<TestDatabase>
{
    private const string Derived2024 = "boundaries/vg5000_gebietsstand-2024-12-31_gemeinden_sn_st_abgeleitet";

    [SkippableFact]
    public void GeoJson_and_TopoJson_of_the_same_map_agree()
    {
        var geo = BoundaryFile.Read(SharedData.PathTo(Derived2024 + ".geojson"));
        var topo = BoundaryFile.Read(SharedData.PathTo(Derived2024 + ".topojson"));
        geo.Problems.ShouldBeEmpty();
        topo.Problems.ShouldBeEmpty();
        geo.Contents.Count.ShouldBe(636);
        topo.Contents.Select(a => a.Ags).ShouldBe(geo.Contents.Select(a => a.Ags));
        double Total(IEnumerable<BoundaryArea> areas) => areas.Sum(a => Math.Abs(a.Rings.Sum(SharedBorders.SignedArea)));
        Total(topo.Contents).ShouldBe(Total(geo.Contents), Total(geo.Contents) / 1_000);
    }

    [SkippableFact]
    public async Task Boundaries_of_2016_are_carried_forward_to_todays_keys()
    {
        var path = SharedData.PathTo("boundaries/vg250_2016_gemeinden_sn_st.topojson");
        await using (var scope = Database.AsSystem()) await scope.ServiceProvider.GetRequiredService<TerritoryFacts>().EnsureAsync();
        var report = await ImportAsync("boundaries", path);
        report.Rejected.ShouldBeEmpty();
        (report.Read, report.Inserted).ShouldBe((644, 636));
        (await ImportAsync("boundaries", path)).Unchanged.ShouldBe(636);
        await using var reading = Database.AsNobody();
        var maps = reading.ServiceProvider.GetRequiredService<TerritoryMaps>();
        var map = (await maps.GetAsync("14"))!;
        (map.Shapes.Count, map.Labels.Count, map.Schematic).ShouldBe((418, 13, false));
        map.Shapes.Sum(s => s.Path.Length).ShouldBeInRange(30_000, 75_000);
        map.Caption.ShouldContain("vg250_2016");
        // thinned borders still close: districts merged from municipalities have no slivers between them
        var rings = map.Labels.Sum(d => d.Path.Count(c => c == 'z'));
        rings.ShouldBeLessThan(40);
    }

    [Fact]
    public void Thinning_gives_both_neighbours_the_same_points()
    {
        // two areas with a wavy border between them, drawn in opposite directions
        var wave = Enumerable.Range(0, 101).Select(i => new PlanePoint(1_000 + i % 2 * 5 + (i is 40 or 60 ? 400 : 0), i * 50)).ToList();
        List<PlanePoint> left = [new(0, 5_000), new(0, 0), .. wave];
        List<PlanePoint> right = [.. Enumerable.Reverse(wave), new(2_000, 0), new(2_000, 5_000)];
        var thin = new SharedBorders([new("1", [left], 1), new("2", [right], 2)]).Thin(5_000);
        var shared = thin["1"][0].Intersect(thin["2"][0]).ToList();
        thin["1"][0].Count.ShouldBeLessThan(15);
        shared.Count.ShouldBe(thin["1"][0].Count - 2);
        Borders.Merge(thin.Values).Single().Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[", "unvollständig")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[]}", "keine Flächen")]
    [InlineData("{\"a\":1}", "weder GeoJSON noch TopoJSON")]
    [InlineData("[{\"type\":\"Feature\",\"properties\":{\"AGS\":\"1452\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[13,51],[13.1,51],[13,51.1],[13,51]]]}}]", "kein achtstelliger")]
    [InlineData("[{\"type\":\"Feature\",\"properties\":{\"AGS\":\"14522230\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[413000,5651000],[413100,5651000],[413000,5651100],[413000,5651000]]]}}]", "Bezugssystem")]
    public void A_broken_file_is_refused_with_a_remedy(string json, string expected)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.geojson");
        File.WriteAllText(path, json);
        try { BoundaryFile.Read(path).Problems.Single().Message.ShouldContain(expected); }
        finally { File.Delete(path); }
    }

    [Fact]
    public void A_shapefile_in_utm_is_read_with_its_keys()
    {
        var folder = Directory.CreateTempSubdirectory("anlauf-shape");
        try
        {
            var path = Path.Combine(folder.FullName, "VG250_GEM.shp");
            File.WriteAllBytes(path, ShapefileBytes.Polygon([(710_488.857, 5_654_109.179), (710_488.857, 5_655_109), (711_488, 5_654_109), (710_488.857, 5_654_109.179)]));
            File.WriteAllBytes(Path.ChangeExtension(path, ".dbf"), ShapefileBytes.Table("AGS", "14522230"));
            BoundaryFile.Read(Path.ChangeExtension(path, ".shp")).Problems.Single().Message.ShouldContain("Bezugssystem");
            File.WriteAllText(Path.ChangeExtension(path, ".prj"), "PROJCS[\"ETRS_1989_UTM_Zone_32N\",GEOGCS[\"GCS_ETRS_1989\",DATUM[\"D_ETRS_1989\",SPHEROID[\"GRS_1980\",6378137,298.257222101]]],PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"Central_Meridian\",9.0],PARAMETER[\"Scale_Factor\",0.9996]]");
            var reading = BoundaryFile.Read(path);
            reading.Problems.ShouldBeEmpty();
            reading.Contents.Single().Ags.ShouldBe("14522230");
            reading.Contents.Single().Rings.Single()[0].ShouldBe(PlaneProjection.ToPlane(12, 51));
            var zip = Path.Combine(folder.FullName, "alles.zip");
            using (var archive = System.IO.Compression.ZipFile.Open(zip, System.IO.Compression.ZipArchiveMode.Create))
                foreach (var extension in new[] { ".shp", ".dbf", ".prj" })
                    System.IO.Compression.ZipFileExtensions.CreateEntryFromFile(archive, Path.ChangeExtension(path, extension), "ebenen/VG250_GEM" + extension);
            BoundaryFile.Read(zip).Contents.Single().Rings.Single().ShouldBe(reading.Contents.Single().Rings.Single());
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..150]);
            BoundaryFile.Read(path).Problems.Single().Message.ShouldContain("beschädigt");
        }
        finally { folder.Delete(recursive: true); }
    }

    [Fact]
    public void Utm_leads_back_to_degrees()
    {
        // on the central meridian the northing is the scaled meridian arc: 45° is 4,984,944.38 m on GRS80
        var (middle, half) = new TransverseMercator(9, 500_000).ToDegrees(500_000, 4_984_944.378 * 0.9996);
        // three degrees off the meridian; expected from Snyder's other series (USGS 1395, formulas 8-9 to 8-13)
        var (longitude, latitude) = new TransverseMercator(9, 500_000).ToDegrees(710_488.857, 5_654_109.179);
        longitude.ShouldBe(12, 1e-7);
        latitude.ShouldBe(51, 1e-7);
        middle.ShouldBe(9, 1e-9);
        half.ShouldBe(45, 1e-7);
    }
}
