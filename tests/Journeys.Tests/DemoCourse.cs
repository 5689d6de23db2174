using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MoocPlatform.Journeys.Tests;

/// <summary>Where things stand in the demo course, and what people do there in more than one journey.</summary>
internal static partial class DemoCourse
{
    public const string Page = "/courses/oer-in-practice";
    public const string Title = "Open Educational Resources in Practice";

    /// <summary>Address of the run under way: its name is its month.</summary>
    public static async Task<string> Run(this RunningSite site)
    {
        using var client = new HttpClient();
        return RunAddress().Match(await client.GetStringAsync(new Uri(site.Address + Page))) is { Success: true } found
            ? found.Value
            : throw new InvalidOperationException("The course page has no link into its run.");
    }

    /// <summary>Opens the quiz and starts an attempt, or goes on with the one that is open.</summary>
    public static async Task StartOrContinue(this IPage page, string quiz)
    {
        await page.GotoAsync(quiz);
        await page.Locator("main").GetByText(StartOrContinueButton()).First.ClickAsync();
        await page.Locator("form[data-attempt]").WaitForAsync();
    }

    public static Task StartQuiz(this IPage page, string run) => page.StartOrContinue($"{run}/quiz/quiz-five-permissions");

    /// <summary>Chooses an option by its words: options stand in another order for each attempt.</summary>
    public static Task Choose(this IPage page, string words) => page.Locator("label.choice", new() { HasText = words }).ClickAsync();

    /// <summary>The question with these words in it.</summary>
    public static ILocator Question(this IPage page, string words) => page.Locator("section.question", new() { HasText = words });

    /// <summary>Leaves a sign in the page that a reload would wipe out.</summary>
    public static Task Mark(this IPage page) => page.EvaluateAsync("window.stayed = true");

    /// <summary>Whether the page is the one that was marked.</summary>
    public static Task<bool> Stayed(this IPage page) => page.EvaluateAsync<bool>("window.stayed === true");

    [GeneratedRegex("/learn/oer-in-practice/[0-9]{4}-[0-9]{2}")]
    private static partial Regex RunAddress();

    [GeneratedRegex("^(Start|Continue) (the quiz|attempt [0-9]+)$")]
    private static partial Regex StartOrContinueButton();
}
