using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>The plan of an import, its progress, and what came of it. For who brought it.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class ShowImportModel(ImportDesk desk, IStringLocalizerFactory words) : ModulePage
{
    // Whoever finds a mistake in a quiz, or in how the course is graded, has the words for it.
    private static readonly string[] Finders = [.. new[] { typeof(QuizProblem), typeof(GradingFault) }.Select(t => t.Assembly.GetName().Name!.Replace(".Contracts", "", StringComparison.Ordinal))];

    public const int MostShown = 200;

    public Guid Key { get; private set; }

    public ImportStatus Status { get; private set; } = null!;

    public bool IsWorking => Status.State is ImportState.Reading or ImportState.Keeping;

    public IActionResult OnGet(Guid key)
    {
        Look(key);
        return Page();
    }

    public IActionResult OnPostConfirm(Guid key)
    {
        Look(key);
        desk.Confirm(key, Writer.Of(User));
        return LocalRedirect(AuthoringLinks.Import(key));
    }

    public IActionResult OnPostDiscard(Guid key)
    {
        Look(key);
        if (!IsWorking)
            desk.Discard(key, Me);
        return LocalRedirect(Status.Course is { } course ? CourseLinks.Teach(course) : "/teach");
    }

    /// <summary>A problem in the reader's words, when there are some.</summary>
    public string Say(ImportProblem problem)
    {
        if (problem.Text.Length == 0)
            return problem.Message;
        object[] arguments = [.. problem.Arguments.Select(a => (object)(a?.ToString() ?? ""))];
        return Finders.Select(module => words.Create("Text", module)).Prepend(Texts).Select(t => t[problem.Text, arguments]).FirstOrDefault(t => !t.ResourceNotFound)?.Value ?? problem.Message;
    }

    private void Look(Guid key) => (Key, Status) = (key, desk.Status(key, Me) ?? throw new NotFound());
}
