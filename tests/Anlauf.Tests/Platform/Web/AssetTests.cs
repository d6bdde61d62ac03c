using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Anlauf.Platform.Web;
using Anlauf.Platform.Web.Components;

namespace Anlauf.Tests.Platform.Web;

/// <summary>The embedded browser assets and what the pages ask of them.</summary>
public sealed partial class AssetTests
{
    private static readonly AssetFiles Files = new();
    private static readonly List<(string File, string Text)> Pages = [.. Directory
        .EnumerateFiles(Path.Combine(Root(), "src", "Anlauf"), "*.razor", SearchOption.AllDirectories).Select(f => (Path.GetFileName(f), File.ReadAllText(f)))];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Anlauf.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the checkout");
    }

    private static byte[] Bytes(string name) => Files.Find(Files.Url(name)["/lib/".Length..]).ShouldNotBeNull();

    private static long Gzipped(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(bytes);
        return target.Length;
    }

    [Theory]
    [InlineData("anlauf.css", 47)]
    [InlineData("anlauf.js", 34)]
    public void An_asset_stays_within_its_budget_of_kilobytes(string name, int kilobytes) => Gzipped(Bytes(name)).ShouldBeLessThan(kilobytes * 1024);

    [Fact]
    public void Only_the_preloaded_font_is_needed_on_most_pages_and_it_weighs_forty_kilobytes() =>
        Bytes("sofia-sans-latin-wght-normal.woff2").Length.ShouldBeLessThan(42 * 1024);

    [Fact]
    public void No_asset_names_an_address_on_another_server() =>
        Address().Matches(Encoding.UTF8.GetString(Bytes("anlauf.css"))).Select(m => m.Value).Where(a => !a.StartsWith("http://www.w3.org/", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Every_icon_a_page_names_is_embedded() =>
        Pages.SelectMany(p => IconName().Matches(p.Text).Select(m => (p.File, Icon: m.Groups[1].Value))).Where(i => IconSet.Find(i.Icon) is null).ShouldBeEmpty();

    [Fact]
    public void No_page_carries_a_style_attribute_or_a_script_that_the_content_policy_would_block() =>
        Pages.Where(p => Inline().IsMatch(p.Text)).Select(p => p.File).ShouldBeEmpty();

    [GeneratedRegex("https?://[a-z0-9./-]+")]
    private static partial Regex Address();

    [GeneratedRegex("<Icon Name=\"([a-z0-9-]+)\"")]
    private static partial Regex IconName();

    [GeneratedRegex("""\sstyle="|\son[a-z]+="(?!@)|<script>|<style""")]
    private static partial Regex Inline();
}
