using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MoocPlatform.Journeys.Tests;

/// <summary>
/// Nothing typed is ever lost. <c>MOOC_TEST_CUTS</c>: how many rounds of answers and cuts an attempt has; <c>MOOC_TEST_CUT_SEEDS</c>: how many
/// attempts, each with its own seed.
/// </summary>
public sealed class CutsJourney(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Questions = 24;
    private const string Item = "quiz-five-permissions";

    [Fact]
    public async Task Whatever_is_cut_every_answer_is_handed_in_and_none_twice()
    {
        var rounds = Setting("MOOC_TEST_CUTS", 90);
        await WriteQuiz();
        var run = await chromium.Site.Run();
        for (var seed = 1; seed <= Setting("MOOC_TEST_CUT_SEEDS", 1); seed++)
        {
            var random = new Random(seed);
            var first = await chromium.Person("Elena Popescu");
            await first.StartOrContinue($"{run}/quiz/{Item}");
            var device = new CutDevice(first.Context, chromium.Site, first.Url, random);
            await first.CloseAsync();
            await device.Begin();
            for (var round = 0; round < rounds; round++)
            {
                await device.Answer(random.Next(Questions));
                await device.Something();
                if (round % 40 == 20)
                    await device.KillServer();
            }

            for (var question = 0; question < Questions; question++)
                await device.Answer(question);
            var page = await device.Mend();
            await Expect(page.Locator("[data-save-state] > span")).ToHaveTextAsync("All answers saved");
            await Submit(page);
            await Check(page.Url, device);
            Assert.True(device.Cuts > rounds / 3, $"Only {device.Cuts} cuts.");
            await page.Context.CloseAsync();
        }
    }

    // The answer to the first click is lost; then it is clicked twice.
    private static async Task Submit(IPage page)
    {
        var address = page.Url;
        await page.RouteAsync(address, async route =>
        {
            await route.FetchAsync(new() { MaxRedirects = 0 });
            await route.AbortAsync("connectionreset");
        });
        await page.Locator("[data-submit-button]").ClickAsync();
        await Expect(page.Locator("[data-save-state] > span")).ToContainTextAsync("Offline");
        await page.UnrouteAsync(address);
        await page.Locator("[data-submit-button]").DblClickAsync();
        await Expect(page.Locator(".score")).ToBeVisibleAsync();
    }

    private async Task Check(string result, CutDevice device)
    {
        var attempt = Guid.ParseExact(new Uri(result).Segments[^2].TrimEnd('/'), "N");
        await using var connection = new SqliteConnection($"Data Source={chromium.Site.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var read = connection.CreateCommand();
        read.CommandText = """SELECT "Held" FROM quizzes_attempts WHERE "Id" = $id AND "SubmittedAt" IS NOT NULL""";
        read.Parameters.AddWithValue("$id", attempt);
        var held = JsonDocument.Parse((string)(await read.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).RootElement;
        var kept = Enumerable.Range(0, Questions).ToDictionary(q => q, q => Words(held[q].GetProperty("Answer")));
        Assert.Equal(device.Given.OrderBy(g => g.Key), kept.OrderBy(k => k.Key));

        // Words are given once each: a step that counted twice would have its words twice.
        read.CommandText = """SELECT json_extract("Answer", '$.Text') FROM quizzes_steps WHERE "AttemptId" = $id AND "Answer" LIKE '%Text%'""";
        var words = new List<string>();
        await using (var rows = await read.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await rows.ReadAsync(TestContext.Current.CancellationToken))
                words.Add(rows.GetString(0));
        }

        Assert.Equal(words.Distinct(), words);
        read.CommandText = """SELECT count(*) FROM quizzes_steps WHERE "AttemptId" = $id""";
        Assert.InRange((long)(await read.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, Questions, device.Answers);
    }

    private static string Words(JsonElement answer) => answer switch
    {
        { ValueKind: JsonValueKind.Null } => "",
        _ when answer.TryGetProperty("Picks", out var picks) => string.Join(',', picks.EnumerateArray().Select(p => p.GetInt32())),
        _ => answer.GetProperty("Text").GetString()!,
    };

    // Many questions, in the order in which they are written.
    private async Task WriteQuiz()
    {
        var page = await chromium.Person("Luca Ferrante");
        await page.GotoAsync($"/teach/oer-in-practice/items/{Item}");
        var questions = Enumerable.Range(0, Questions).Select(q => (q % 4) switch
        {
            0 => $"## Q{q} {{#q{q} single}}\nWhich?\n\n- (x) One\n- ( ) Two\n- ( ) Three\n\n",
            1 => $"## Q{q} {{#q{q} multiple}}\nWhich?\n\n- [x] One\n- [x] Two\n- [ ] Three\n\n",
            2 => $"## Q{q} {{#q{q} numeric}}\nHow many?\n\n= 1001 +- 1000\n\n",
            _ => $"## Q{q} {{#q{q} short}}\nWhat?\n\n= 1*\n\n",
        });
        await page.Locator("textarea[name=Markdown]").FillAsync($"---\ntitle: \"Quiz: the five permissions\"\nkind: quiz\n---\n\n{string.Concat(questions)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish changes", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved. Learners see this text.")).ToBeVisibleAsync();
        await page.GotoAsync($"{await chromium.Site.Run()}/quiz/{Item}");
        await Expect(page.Locator("dd", new() { HasText = $"{Questions} questions" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private static int Setting(string name, int usual) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? int.Parse(set, CultureInfo.InvariantCulture) : usual;
}
