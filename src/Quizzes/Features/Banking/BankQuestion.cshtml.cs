using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Features.Writing;

namespace MoocPlatform.Quizzes.Features.Banking;

/// <summary>A question of the bank as learners meet it, where it is used, and the way into another quiz.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class BankQuestionModel(QuestionHtml words) : ModulePage
{
    public BankQuestion Shown { get; private set; } = null!;

    public string Html { get; private set; } = "";

    /// <param name="into">The quiz that was chosen: its questions are shown with the copy, and nothing is saved before that.</param>
    public async Task<IActionResult> OnGetAsync(string course, Guid question, string? into)
    {
        Shown = await Send(new BankQuestionQuery(course, Me, User.IsAdmin(), question));
        if (Shown.Text is not null && Shown.Into.FirstOrDefault(q => q.Slug == into) is { } quiz)
            return LocalRedirect($"{QuizLinks.Questions(course, quiz.Slug)}?add={question:N}");
        var (body, order) = Trial.Of(Shown.Body);
        Html = words.Section(0, 1, body, order, null);
        return Page();
    }
}
