"""The text that a privacy notice starts from; what stands in brackets is the organisation's."""

from __future__ import annotations

STARTING_TEXT = """\
Who is responsible for your data
[Name of the organisation] is the controller of the personal data in your response.

Why we use it, and on what lawful basis
We use your response to decide about what this consultation is about, and to show how we decided. \
The lawful basis under the UK GDPR is [the lawful basis that your data protection officer has \
named]. Some questions about you are optional. If you answer them, the condition for using that \
data is [the condition for special category data, or a sentence that none is asked for].

Who sees it
The team that runs the consultation reads your response. What is published depends on what you \
choose before you send it. [Name anybody else who handles the data, such as a supplier, or say \
that nobody else does.]

How long we keep it
We keep your name and the words of your response for [how long, counted from the closing date], \
and then erase them. Counts and decisions stay on record, without your name.

Freedom of information
We may have to disclose what we hold when somebody asks under the Freedom of Information Act 2000, \
so we cannot promise that a response stays confidential.

Your rights
You can ask to see your data, to have it corrected or erased, or object to its use. Write to \
[the contact of your data protection officer]. You can also complain to the Information \
Commissioner’s Office: ico.org.uk."""
