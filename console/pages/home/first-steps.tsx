import { Button, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { ImagePlus, Sparkles, Terminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { apiUrl } from '../../api/client.ts';
import { CodeBlock } from '../../parts/code-block.tsx';

const curl = `curl ${apiUrl}/v1/videos/generations \\
  -H "Authorization: Bearer $TROUPE_API_KEY" \\
  -H 'Content-Type: application/json' -d '{
    "model": "kling-custom-element",
    "model_params": {
      "element_name": "My Character",
      "element_description": "A young woman with long black hair",
      "reference_type": "image_refer",
      "element_image_list": {
        "frontal_image": "https://example.com/front.jpg",
        "refer_images": [{ "image_url": "https://example.com/side.jpg" }]
      }
    }
  }'`;

/** From nothing to the first element: with sample photos, with one's own, or from a program. */
export function FirstSteps() {
  return (
    <Stack gap="lg">
      <Text maw={640}>
        An <b>element</b> is a character or an object that looks the same in every shot. It is made of two to four
        pictures, or of one short video.
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Step
          icon={<Sparkles size={22} aria-hidden />}
          title="Try it with sample photos"
          action={
            <Button component={Link} href="/elements/new?sample=rc-car">
              Use sample photos
            </Button>
          }
        >
          Photos of a toy car are filled in. Check them, make the element, cast it in a video: about a minute.
        </Step>
        <Step
          icon={<ImagePlus size={22} aria-hidden />}
          title="Use your own photos"
          action={
            <Button component={Link} href="/elements/new" variant="default">
              Choose photos
            </Button>
          }
        >
          Front, side and back work best. Every picture is checked before anything is charged.
        </Step>
      </SimpleGrid>
      <Step icon={<Terminal size={22} aria-hidden />} title="Or from a program">
        <CodeBlock text={curl} label="Request with curl" />
      </Step>
    </Stack>
  );
}

interface StepProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

function Step({ icon, title, children, action }: StepProps) {
  return (
    <Stack className="surface" p="lg" gap="sm" align="stretch">
      <span className="accent">{icon}</span>
      <Title order={2}>{title}</Title>
      <Text component="div" c="dimmed">
        {children}
      </Text>
      {action !== undefined && <div>{action}</div>}
    </Stack>
  );
}
