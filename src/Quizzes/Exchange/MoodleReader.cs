using System.Xml;
using System.Xml.Linq;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>
/// Reads Moodle's question XML, one question after the other. No document type, no entity but the five of XML, nothing is fetched.
/// A file that is not well-formed is refused as a whole.
/// </summary>
internal sealed class MoodleReader
{
    private const int Deepest = 32;

    private readonly Harvest harvest = new();
    private readonly HashSet<string> lost = new(StringComparer.Ordinal);
    private string? category;

    /// <param name="file">At most <see cref="ExchangeFile.Largest"/> characters.</param>
    public static Imported Read(string file)
    {
        var reader = new MoodleReader();
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = ExchangeFile.Largest,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CheckCharacters = true,
        };
        try
        {
            using var first = XmlReader.Create(new StringReader(file), settings);
            if (TooDeep(first) is > 0 and var line)
            {
                reader.harvest.File(line, "The elements of this file lie too deep in one another.");
                return reader.harvest.Result();
            }

            using var xml = XmlReader.Create(new StringReader(file), settings);
            reader.Questions(xml);
        }
        catch (XmlException e)
        {
            reader.harvest.File(e.LineNumber, "This is not well-formed XML: {0}", e.Message);
        }

        return reader.harvest.Result();
    }

    private void Questions(XmlReader xml)
    {
        xml.MoveToContent();
        if (xml.LocalName != "quiz")
        {
            harvest.File(((IXmlLineInfo)xml).LineNumber, "Moodle's questions stand in an element {0}; this file begins with {1}.", "quiz", xml.LocalName);
            return;
        }

        xml.Read();
        while (!xml.EOF)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
                continue;
            }

            var element = Element(xml);
            if (element.Name.LocalName == "question")
                Question(new MoodleQuestion(element, lost));
        }
    }

    private static XElement Element(XmlReader xml)
    {
        using var part = xml.ReadSubtree();
        var element = XElement.Load(part, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        part.Close();
        xml.Read();
        return element;
    }

    // Before a tree is built of it: a deep one is what must not be built. Line 0: it is well.
    private static int TooDeep(XmlReader xml)
    {
        while (xml.Read())
        {
            if (xml.Depth > Deepest)
                return ((IXmlLineInfo)xml).LineNumber;
        }

        return 0;
    }

    private void Question(MoodleQuestion question)
    {
        if (question.Type == "category")
        {
            category = Category.Tag(question.Text("category"));
            return;
        }

        if (++harvest.Met > Harvest.MostQuestions)
            return;
        lost.Clear();
        if (question.Text("image").Trim().Length > 0)
            lost.Add("picture"); // as old versions wrote it
        var name = question.Text("name").Trim() is { Length: > 0 } said ? said : question.Type;
        if (question.Type is "essay" or "description")
        {
            harvest.Left(question.Line, name, question.Type == "essay" ? "An essay is not graded by itself." : "This is a text without a question.");
            return;
        }

        var made = new QuestionText
        {
            Name = name,
            Id = "",
            Line = question.Line,
            Kind = "",
            Points = Parts.Decimal(question.Text("defaultgrade")) is > 0 and <= 1000 and var points ? decimal.Round(points, 4) : 1,
            Tags = category is null ? question.Tags : [.. question.Tags.Append(category)],
            Prompt = Passage.Of(question.Type is "cloze" or "gapselect" or "ddwtos" ? "" : question.Markdown("questiontext")),
            Feedback = Passage.Of(question.Markdown("generalfeedback")),
        };
        made.Hints.AddRange(question.All("hint").Select(h => Passage.Of(question.Markdown(h))).Where(h => !h.IsEmpty));
        var (whole, wrong) = MoodleAnswers.Of(made, question);
        if (whole is null)
        {
            harvest.Left(question.Line, name, wrong!, question.Type);
            return;
        }

        harvest.Take(whole);
        if (question.HasOtherFeedback)
            harvest.Changed(question.Line, name, "Words for right, partly right and wrong answers as a whole are not taken.");
        if (lost.Count > 0)
            harvest.Changed(question.Line, name, "Not taken with it: {0}.", string.Join(", ", lost.Order(StringComparer.Ordinal)));
    }
}
