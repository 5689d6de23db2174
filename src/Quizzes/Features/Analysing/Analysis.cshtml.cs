using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Analysis;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;

namespace MoocPlatform.Quizzes.Features.Analysing;

/// <summary>What the answers say about a quiz and its questions, for the team.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class AnalysisModel : ModulePage
{
    public AnalysisShown Shown { get; private set; } = null!;

    public QuizAnalysis? Analysis => Shown.Analysis;

    public IReadOnlyList<Advice> Advice { get; private set; } = [];

    /// <param name="of">Which attempts: best, first, last or all.</param>
    public async Task OnGetAsync(string course, string run, string item, string? of) => await Load(new(course, run, item), of);

    /// <summary>A row per question.</summary>
    public async Task<IActionResult> OnGetCsvAsync(string course, string run, string item, string? of)
    {
        await Load(new(course, run, item), of);
        return Analysis is { Attempts: >= QuizAnalysis.Least } analysis ? new CsvFile($"{item}-{run}-questions.csv", AnalysisCsv.Questions(analysis, Shown.Labels)) : Redirect("?");
    }

    /// <summary>A row per answer.</summary>
    public async Task<IActionResult> OnGetAnswersAsync(string course, string run, string item, string? of)
    {
        await Load(new(course, run, item), of);
        return Analysis is { Attempts: >= QuizAnalysis.Least } analysis ? new CsvFile($"{item}-{run}-answers.csv", AnalysisCsv.Answers(analysis, Shown.Labels)) : Redirect("?");
    }

    /// <summary>The words for which attempts are counted.</summary>
    public string Words(Counted counted) => counted switch
    {
        Counted.First => Texts["First attempts"],
        Counted.Last => Texts["Last attempts"],
        Counted.All => Texts["All attempts"],
        _ => Texts["Best attempts"],
    };

    public string Label(QuestionAnalysis question) => Shown.Labels.GetValueOrDefault(question.Question) ?? question.Slot.ToString(CultureInfo.CurrentCulture);

    /// <summary>A figure to so many places, or why there is none.</summary>
    public string Show(double? figure, int places = 1, string unit = "") => figure is { } value
        ? (Math.Round(value, places, MidpointRounding.AwayFromZero) + 0d).ToString("N" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture) + unit
        : Texts["not enough attempts"];

    public string Guess(QuestionAnalysis question) => question.RandomGuess is { } guess ? Show(guess, 0, " %") : Texts["not estimated"];

    public string Weight(QuestionAnalysis question) => question switch
    {
        { EffectiveWeight: { } weight } => Show(weight, 1, " %"),
        { Drawn: true } => Texts["drawn by lot"],
        _ => Texts["negative"],
    };

    public string Said(ResponseCount response) => response.Kind switch
    {
        ResponseKind.Other => Texts["Something else"],
        ResponseKind.Nothing => Texts["Not answered"],
        ResponseKind.Right => Texts["Right"],
        ResponseKind.Partly => Texts["Partly right"],
        ResponseKind.Wrong => Texts["Wrong"],
        _ => response.Words,
    };

    /// <summary>Part of a quarter, in percent.</summary>
    public static double Share(int count, int of) => of == 0 ? 0 : 100d * count / of;

    private async Task Load(QuizAddress address, string? of)
    {
        Counted? counted = of switch { "best" => Counted.Best, "first" => Counted.First, "last" => Counted.Last, "all" => Counted.All, _ => null };
        Shown = await Send(new AnalysisQuery(address, Me, User.IsAdmin(), counted));
        if (Shown.Stale)
            await Send(new AskForAnalysis(Shown.Place.Run.RunId, Shown.Place.Item.Id, Shown.Counted));
        if (Analysis is { Attempts: >= QuizAnalysis.Least } analysis)
            Advice = Advisor.Of(analysis);
    }
}
