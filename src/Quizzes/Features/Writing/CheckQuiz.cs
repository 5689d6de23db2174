using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.Extensions.Localization;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Writing;

internal sealed class CheckQuizHandler(QuestionHtml questions, Pools pools, IStringLocalizer<Text> text) : IRequestHandler<CheckQuizQuery, QuizCheck>
{
    public async Task<QuizCheck> Handle(CheckQuizQuery query, CancellationToken ct)
    {
        var problems = new Problems();
        var quiz = QuizCompiler.Read(query.Markdown, query.CourseId, problems);
        var own = new PoolQuiz(query.ItemId ?? Guid.Empty, quiz.Settings.Title, [.. quiz.Questions.Select(PoolQuestion.Of)]);
        var others = await Others(query, own, ct);
        if (others is not null)
            Look(own, others, query.Beside is null, problems);

        var html = new StringBuilder();
        if (quiz.IntroHtml.Length > 0)
            html.Append("<div class=\"prose\">").Append(quiz.IntroHtml).Append("</div>");
        for (var i = 0; i < quiz.Questions.Count; i++)
        {
            if (quiz.Questions[i].Body is Draw draw)
                Draw(html, draw, own, others ?? []);
            else
                Question(html, i, quiz.Questions.Count, quiz.Questions[i]);
        }

        return new QuizCheck(
            quiz.Count, quiz.Points, html.ToString(),
            [.. problems.InOrder().Select(p => p with { Message = text[p.Message], Arguments = [.. p.Arguments.Select(a => text[a].Value)] })]);
    }

    // Null: it is not known in which course the quiz stands.
    private async Task<IReadOnlyList<PoolQuiz>?> Others(CheckQuizQuery query, PoolQuiz own, CancellationToken ct)
    {
        if (query.Beside is { } texts)
        {
            return own.Questions.All(q => q.Draw is null)
                ? []
                : [.. texts.Select(t => QuizParser.Parse(t, new Problems())).Select((q, i) => new PoolQuiz(new Guid(i + 1, 0, 0, new byte[8]), q.Settings.Title, [.. q.Questions.Select(PoolQuestion.Of)]))];
        }

        return query is { CourseId: { } course, ItemId: not null } ? await pools.Of(course, ct) : null;
    }

    /// <param name="looksAround">Whether the draws of the other quizzes are looked at, too: what is taken out here may be missing there.</param>
    private static void Look(PoolQuiz own, IReadOnlyList<PoolQuiz> others, bool looksAround, Problems problems)
    {
        foreach (var (question, left) in own.Short(others))
        {
            problems.Add(
                question.Line, 1, "Questions drawn here: {0}, with the tag “{1}”. The course has fewer that are sure to be free for it: {2}. Write more, or draw fewer.",
                Number(question.Draw!.Count), question.Draw.Tag, Number(left));
        }

        if (!looksAround)
            return;
        IReadOnlyList<PoolQuiz> after = [.. others.Where(o => o.Id != own.Id), own];
        foreach (var other in others.Where(o => o.Id != own.Id))
        {
            var before = other.Short(others).Select(s => s.Question.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var (question, left) in other.Short(after).Where(s => !before.Contains(s.Question.Name)))
            {
                problems.Add(
                    1, 1, "The quiz “{0}” draws questions with the tag “{1}”, {2} of them. Without those that stood here before it has {3}.",
                    other.Title, question.Draw!.Tag, Number(question.Draw.Count), Number(left));
            }
        }
    }

    private void Question(StringBuilder html, int place, int of, CompiledQuestion question)
    {
        var (body, order) = Trial.Of(question.Body);
        if (question.Pool)
            html.Append("<p class=\"small soft\">").Append(QuestionHtml.Encode(text["Not asked by itself: it is there to be drawn."])).Append("</p>");
        html.Append(questions.Section(place, of, body, order, null));
        html.Append(CultureInfo.InvariantCulture, $"<div data-tried=\"{place}\" role=\"status\"></div><p><button class=\"button button-sm\" name=\"try\" value=\"{place}\" formaction=\"../try-question\" formnovalidate data-try>");
        html.Append(QuestionHtml.Encode(text["Check this answer"])).Append("<span class=\"visually-hidden\"> ").Append(QuestionHtml.Encode(text["question {0}", place + 1])).Append("</span></button></p>");
    }

    private void Draw(StringBuilder html, Draw draw, PoolQuiz own, IReadOnlyList<PoolQuiz> others)
    {
        const int MostShown = 20;
        var pool = own.For(draw, others);
        html.Append("<section class=\"question\"><header><h2>").Append(QuestionHtml.Encode(text.Count("1 question is drawn|{0} questions are drawn", draw.Count)));
        html.Append("</h2><span class=\"small soft\">").Append(QuestionHtml.Encode(text["{0} each", questions.Points(draw.Points)])).Append("</span></header><p>");
        html.Append(QuestionHtml.Encode(text["Each attempt draws its own. Questions of the course with the tag “{0}” that can be drawn: {1}", draw.Tag, pool.Count]));
        html.Append("</p><ul>");
        foreach (var (_, question) in pool.Take(MostShown))
            html.Append("<li>").Append(QuestionHtml.Encode(question.Label)).Append("</li>");
        html.Append(pool.Count > MostShown ? "<li>…</li></ul></section>" : "</ul></section>");
    }

    private static string Number(int number) => number.ToString(CultureInfo.CurrentCulture);
}
