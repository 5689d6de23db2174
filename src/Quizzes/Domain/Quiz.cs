using System.Text.Json;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Domain;

/// <summary>A quiz as learners meet it: made from the item's Markdown, the newest revision of it.</summary>
internal sealed class Quiz
{
    /// <summary>The item of the course.</summary>
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    public string Title { get; private set; } = "";

    /// <summary>Of the text it was made from. Also the concurrency token.</summary>
    public int Revision { get; private set; }

    /// <summary>How many attempts a learner has; 0: any number.</summary>
    public int Attempts { get; private set; }

    /// <summary>Percent of the points needed to pass.</summary>
    public int Pass { get; private set; }

    public GradePolicy Grade { get; private set; }

    /// <summary>Minutes; null: none.</summary>
    public int? TimeLimit { get; private set; }

    public bool Shuffle { get; private set; }

    /// <summary>Minutes between the end of an attempt and the start of the next; 0: none.</summary>
    public int Wait { get; private set; }

    public FeedbackMode Feedback { get; private set; }

    /// <summary>Tries at a question when feedback is interactive.</summary>
    public int Tries { get; private set; }

    /// <summary>Percent of a question's points that each wrong try costs.</summary>
    public decimal Penalty { get; private set; }

    /// <summary>The rows of <see cref="Review"/>, four bits each.</summary>
    public int ReviewRows { get; private set; }

    /// <summary>A list of <see cref="Band"/> as JSON, the highest first.</summary>
    public string BandsJson { get; private set; } = "[]";

    /// <summary>What is seen when.</summary>
    public ReviewTable Review => new((Seen)(ReviewRows & 15), (Seen)((ReviewRows >> 4) & 15), (Seen)((ReviewRows >> 8) & 15), (Seen)((ReviewRows >> 12) & 15));

    /// <summary>Safe HTML.</summary>
    public string IntroHtml { get; private set; } = "";

    /// <summary>How many questions an attempt has.</summary>
    public int Count { get; private set; }

    /// <summary>Points of all questions of an attempt.</summary>
    public decimal Points { get; private set; }

    public List<Question> Questions { get; init; } = [];

    /// <summary>What is asked now, in order: questions, and places for those that are drawn.</summary>
    public IEnumerable<Question> Asked => Questions.Where(q => q.Asked && !q.Pool).OrderBy(q => q.Position);

    /// <summary>The words for so many percent of the points, safe HTML; null: none are written.</summary>
    public string? BandFor(decimal percent) =>
        JsonSerializer.Deserialize<List<Band>>(BandsJson, JsonSerializerOptions.Default)!.FirstOrDefault(b => percent >= b.From)?.Html;

    /// <summary>Takes over a text. Questions keep their identity by name; one that has changed gets a new version.</summary>
    /// <param name="bodies">The current version of each question that the quiz has, by the version's id.</param>
    /// <returns>The versions that are new.</returns>
    public IReadOnlyList<QuestionVersion> Write(
        int revision, string title, CompiledQuiz text, IReadOnlyDictionary<Guid, string> bodies, DateTimeOffset now, Func<Guid> newKey)
    {
        var settings = text.Settings;
        (Title, Revision, Attempts, Pass, Grade) = (title, revision, settings.Attempts, settings.Pass, settings.Grade);
        (TimeLimit, Shuffle, IntroHtml) = (settings.TimeLimit, settings.Shuffle, text.IntroHtml);
        (Wait, Feedback, Tries, Penalty) = (settings.Wait, settings.Feedback, settings.Tries, settings.Penalty);
        var review = settings.Review;
        ReviewRows = (int)review.During | ((int)review.After << 4) | ((int)review.Open << 8) | ((int)review.Closed << 12);
        BandsJson = JsonSerializer.Serialize(text.Bands, JsonSerializerOptions.Default);
        (Count, Points) = (text.Count, text.Points);

        var versions = new List<QuestionVersion>();
        var known = Questions.ToDictionary(q => q.Name, StringComparer.Ordinal);
        foreach (var question in Questions)
            question.Asked = false; // gone, unless it is found below
        foreach (var (asked, position) in text.Questions.Select((q, i) => (q, i)))
        {
            if (!known.TryGetValue(asked.Id, out var question))
                Questions.Add(question = new Question { Id = newKey(), QuizId = Id, Name = asked.Id });
            (question.Asked, question.Position, question.Label, question.Kind, question.Pool) = (true, position, asked.Name, asked.Kind, asked.Pool);
            question.Origin = asked.Origin;
            question.Tag(asked.Tags);

            var body = asked.Body.Keep();
            if (question.Versions > 0 && bodies[question.VersionId] == body)
                continue;
            var version = new QuestionVersion { Id = newKey(), QuestionId = question.Id, Number = ++question.Versions, Body = body, WrittenAt = now };
            question.VersionId = version.Id;
            versions.Add(version);
        }

        return versions;
    }
}

/// <summary>A question of a quiz: an identity with versions.</summary>
internal sealed class Question
{
    public Guid Id { get; init; }

    public Guid QuizId { get; init; }

    /// <summary>The <c>#id</c> of the text, unique in the quiz.</summary>
    public string Name { get; init; } = "";

    /// <summary>The heading, for the team.</summary>
    public string Label { get; set; } = "";

    /// <summary>Order in the quiz, from 0.</summary>
    public int Position { get; set; }

    /// <summary>False: no longer in the text. Attempts that have it keep it.</summary>
    public bool Asked { get; set; }

    /// <summary>There to be drawn, not asked by itself.</summary>
    public bool Pool { get; set; }

    /// <summary>The question of the course that it was copied from, such as <c>quiz-one/free</c>; null: it was not.</summary>
    public string? Origin { get; set; }

    /// <summary>The word of its type, as in the text.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Its tags, each between bars (<c>|cells|two words|</c>), so that one of them can be looked for.</summary>
    public string Tags { get; private set; } = "";

    public IReadOnlyList<string> TagList => [.. TagsOf(Tags)];

    /// <summary>How many versions there are.</summary>
    public int Versions { get; set; }

    /// <summary>The newest version.</summary>
    public Guid VersionId { get; set; }

    public static IEnumerable<string> TagsOf(string tags) => tags.Split('|', StringSplitOptions.RemoveEmptyEntries);

    public void Tag(IReadOnlyList<string> tags) => Tags = tags.Count == 0 ? "" : $"|{string.Join('|', tags.Select(Tag))}|";

    /// <summary>A tag as it is kept.</summary>
    public static string Tag(string tag) => tag.Replace('|', ' ');
}

/// <summary>What a question was at one time. Never changed: attempts point to it.</summary>
internal sealed class QuestionVersion
{
    public Guid Id { get; init; }

    public Guid QuestionId { get; init; }

    /// <summary>From 1.</summary>
    public int Number { get; init; }

    /// <summary>A <see cref="Grading.QuestionBody"/> as JSON.</summary>
    public string Body { get; init; } = "";

    public DateTimeOffset WrittenAt { get; init; }
}
