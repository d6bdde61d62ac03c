using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Anlauf.BrowserTests;

/// <summary>
/// axe-core in the page itself. Its wrapper for Playwright opens an empty page beside each run to gather the results of frames, which
/// takes longer than the run; our pages have no frames.
/// </summary>
internal static class Axe
{
    private static readonly string Source = new BundledAxeScriptProvider().GetScript();

    /// <param name="Rule">Id of the rule, such as „color-contrast“.</param>
    /// <param name="Help">The rule in a sentence.</param>
    /// <param name="Places">Where it is broken: the elements as HTML.</param>
    public sealed record Violation(string Rule, string Help, string[] Places);

    /// <summary>Puts axe-core into the page that is open.</summary>
    public static Task BringAsync(IPage page) => page.EvaluateAsync(Source);

    /// <summary>What breaks a rule; <paramref name="tag"/> names the kind of rules, null is all that are on by default.</summary>
    public static async Task<IReadOnlyList<Violation>> RunAsync(IPage page, string? tag = null) => JsonSerializer.Deserialize<Violation[]>(await page.EvaluateAsync<string>("""
        async tag => JSON.stringify((await axe.run(document, { resultTypes: ['violations'], ...(tag ? { runOnly: { type: 'tag', values: [tag] } } : {}) })).violations
            .map(v => ({ rule: v.id, help: v.help, places: v.nodes.map(n => n.html) })))
        """, tag), JsonSerializerOptions.Web)!;
}
