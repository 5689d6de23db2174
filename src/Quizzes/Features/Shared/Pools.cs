using Microsoft.EntityFrameworkCore;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Shared;

/// <summary>The questions that a quiz may draw: those of the course's other quizzes, and its own that are there for it.</summary>
internal sealed class Pools(QuizzesDb db, QuestionShelf shelf)
{
    /// <summary>The questions of an attempt, those of the bank drawn.</summary>
    /// <exception cref="Kernel.Refused">There are too few questions to draw.</exception>
    public async Task<IReadOnlyList<AskedQuestion>> Deal(Quiz quiz, int seed, CancellationToken ct)
    {
        var asked = quiz.Asked.ToList();
        var bodies = await shelf.Of([.. asked.Select(q => q.VersionId)], ct);
        var places = new List<QuizPlace>(asked.Count);
        foreach (var (question, body) in asked.Zip(bodies))
            places.Add(new(question.Id, question.VersionId, body, body is Draw draw ? await Tickets(quiz, draw.Tag, ct) : null));
        if (places.TrueForAll(p => p.Tickets is null))
            return [.. places.Select(p => new AskedQuestion(p.Version, p.Body))];

        var lots = Lots.Draw(seed, places);
        var drawn = await shelf.Of([.. lots.Select(l => l.Version)], ct);
        return [.. lots.Zip(drawn, (lot, body) => new AskedQuestion(lot.Version, lot.Points is { } points ? body with { Points = points } : body, lot.Slot))];
    }

    /// <summary>What is written in the other quizzes of a course, for looking whether draws find enough.</summary>
    public async Task<IReadOnlyList<PoolQuiz>> Of(Guid courseId, CancellationToken ct)
    {
        var written = await (
            from question in db.Set<Question>().AsNoTracking()
            join quiz in db.Quizzes on question.QuizId equals quiz.Id
            where quiz.CourseId == courseId && question.Asked && (question.Tags != "" || question.Kind == Kinds.Draw)
            select new { quiz.Id, quiz.Title, question.Name, question.Label, question.Position, question.Kind, question.Tags, question.Pool, question.VersionId }).ToListAsync(ct);
        var draws = written.Where(w => w.Kind == Kinds.Draw).ToList();
        var bodies = draws.Zip(await shelf.Of([.. draws.Select(d => d.VersionId)], ct)).ToDictionary(d => d.First.VersionId, d => d.Second as Draw);
        return
        [
            .. written.GroupBy(w => (w.Id, w.Title)).Select(g => new PoolQuiz(
                g.Key.Id, g.Key.Title, [.. g.OrderBy(w => w.Position).Select(w => new PoolQuestion(w.Name, w.Label, [.. Question.TagsOf(w.Tags)], w.Pool, bodies.GetValueOrDefault(w.VersionId), 0))])),
        ];
    }

    private async Task<IReadOnlyList<Ticket>> Tickets(Quiz drawing, string tag, CancellationToken ct) => await (
        from question in db.Set<Question>().AsNoTracking()
        join quiz in db.Quizzes on question.QuizId equals quiz.Id
        where quiz.CourseId == drawing.CourseId && question.Asked && question.Tags.Contains("|" + tag + "|") && (quiz.Id != drawing.Id || question.Pool)
        select new Ticket(question.Id, question.VersionId)).ToListAsync(ct);
}

/// <param name="Draw">What it draws; null: it asks something itself.</param>
/// <param name="Line">Of its heading; 0: not known.</param>
internal sealed record PoolQuestion(string Name, string Label, IReadOnlyList<string> Tags, bool Pool, Draw? Draw, int Line)
{
    public static PoolQuestion Of(CompiledQuestion question) =>
        new(question.Id, question.Name, [.. question.Tags.Select(Question.Tag)], question.Pool, question.Body as Draw, question.Line);

    public static PoolQuestion Of(QuestionText question) => new(
        question.Id, question.Name, [.. question.Tags.Select(Question.Tag)], question.Pool,
        question.Kind == Kinds.Draw ? new Draw { Prompt = "", Points = question.Points, Tag = Question.Tag(question.Tag), Count = question.Count } : null, question.Line);
}

/// <summary>The questions of a quiz as far as they matter to draws.</summary>
internal sealed record PoolQuiz(Guid Id, string Title, IReadOnlyList<PoolQuestion> Questions)
{
    /// <summary>What a draw of this quiz may draw.</summary>
    public IReadOnlyList<(Guid Quiz, PoolQuestion Question)> For(Draw draw, IEnumerable<PoolQuiz> others) =>
    [
        .. others.Where(o => o.Id != Id).Append(this).SelectMany(q => q.Questions.Where(a => a.Draw is null && a.Tags.Contains(draw.Tag) && (q.Id != Id || a.Pool)).Select(a => (q.Id, a))),
    ];

    /// <summary>
    /// The draws that may find too few questions, with how many there are for them in the worst case: the draws before them have taken what
    /// both could.
    /// </summary>
    public IReadOnlyList<(PoolQuestion Question, int Left)> Short(IReadOnlyList<PoolQuiz> others)
    {
        var (found, before) = (new List<(PoolQuestion, int)>(), new List<(Draw Draw, HashSet<(Guid, string)> Pool)>());
        foreach (var question in Questions.Where(q => q.Draw is not null))
        {
            var pool = For(question.Draw!, others).Select(p => (p.Quiz, p.Question.Name)).ToHashSet();
            var left = pool.Count - before.Sum(b => Math.Min(b.Draw.Count, b.Pool.Count(pool.Contains)));
            if (left < question.Draw!.Count)
                found.Add((question, Math.Max(0, left)));
            before.Add((question.Draw, pool));
        }

        return found;
    }
}
