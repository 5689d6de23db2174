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
            // As one attempt might have it: what is right must not stand first because the author wrote it first.
            var random = new Random(1);
            var body = quiz.Questions[i].Body;
            html.Append(questions.Section(i, quiz.Questions.Count, body.Drawn(body.Draw(random)), body.Deal(random, shuffle: false), null));
        }

        return Task.FromResult(new QuizCheck(
            quiz.Questions.Count,
            quiz.Questions.Sum(q => q.Body.Points),
            html.ToString(),
            [.. problems.InOrder().Select(p => p with { Message = text[p.Message], Arguments = [.. p.Arguments.Select(a => text[a].Value)] })]));
    }
}
