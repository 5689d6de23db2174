using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.Extensions.Localization;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Writing;

internal sealed class CheckQuizHandler(QuestionHtml questions, IStringLocalizer<Text> text) : IRequestHandler<CheckQuizQuery, QuizCheck>
{
    public Task<QuizCheck> Handle(CheckQuizQuery query, CancellationToken ct)
    {
        var problems = new Problems();
        var quiz = QuizCompiler.Read(query.Markdown, query.CourseId, problems);

        var html = new StringBuilder();
        if (quiz.IntroHtml.Length > 0)
            html.Append("<div class=\"prose\">").Append(quiz.IntroHtml).Append("</div>");
        for (var i = 0; i < quiz.Questions.Count; i++)
        {
            var (body, order) = Trial.Of(quiz.Questions[i].Body);
            html.Append(questions.Section(i, quiz.Questions.Count, body, order, null));
            html.Append(CultureInfo.InvariantCulture, $"<div data-tried=\"{i}\" role=\"status\"></div><p><button class=\"button button-sm\" name=\"try\" value=\"{i}\" formaction=\"../try-question\" formnovalidate data-try>");
            html.Append(QuestionHtml.Encode(text["Check this answer"])).Append("<span class=\"visually-hidden\"> ").Append(QuestionHtml.Encode(text["question {0}", i + 1])).Append("</span></button></p>");
        }

        return Task.FromResult(new QuizCheck(
            quiz.Questions.Count,
            quiz.Questions.Sum(q => q.Body.Points),
            html.ToString(),
            [.. problems.InOrder().Select(p => p with { Message = text[p.Message], Arguments = [.. p.Arguments.Select(a => text[a].Value)] })]));
    }
}
