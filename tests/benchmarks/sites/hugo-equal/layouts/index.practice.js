{{- /* Each 24 questions of a topic are a file, as in the site of Triptych. */ -}}
{{- $number := 0 }}{{ $questions := slice -}}
{{- range site.Sections }}{{ $topic := .Title }}{{ $pages := .RegularPages -}}
{{- range seq 0 24 (sub (len $pages) 1) -}}
{{- $cards := dict -}}
{{- range first 24 (after . $pages) -}}
{{- $name := .File.ContentBaseName -}}
{{- $answer := index (split .Content "<h2 id=\"in-depth\">") 0 -}}
{{- $cards = merge $cards (dict $name (dict "prompt" .Params.question "plain" .Params.question "summary" .Params.summary "answer" $answer)) -}}
{{- $questions = $questions | append (dict "id" $name "topic" $topic "minutes" .ReadingTime "shard" $number "tags" .Params.tags) -}}
{{- end -}}
{{- $data := dict "shard" $number "cards" $cards | jsonify (dict "noHTMLEscape" true) -}}
{{- (resources.FromString (printf "practice/cards-%d.js" $number) (printf "practiceData(%s)" $data)).Publish -}}
{{- $number = add $number 1 -}}
{{- end }}{{ end -}}
practiceData({{ dict "title" site.Title "questions" $questions | jsonify (dict "noHTMLEscape" true) }})
